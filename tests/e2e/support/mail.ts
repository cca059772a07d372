import { mailUrl } from './addresses';

interface Mail {
  to: { address: string }[];
  subject: string;
  text: string;
  date: string;
}

/** Waits for a mail to an address whose text holds a link to `path`, and gives that link. */
export async function linkInMail(to: string, path: string, withinMilliseconds = 30_000): Promise<string> {
  const link = new RegExp(`https?://\\S+${path.replaceAll('/', '\\/')}\\S*`);
  return await arrives(to, withinMilliseconds, ({ text }) => link.exec(text)?.[0]);
}

/** Waits for a mail to an address that `found` finds something in. */
export async function arrives<T>(to: string, withinMilliseconds: number, found: (mail: Mail) => T | undefined): Promise<T> {
  const end = Date.now() + withinMilliseconds;
  while (Date.now() < end) {
    const mails = (await (await fetch(`${mailUrl}/email`)).json()) as Mail[];
    for (const mail of mails.toReversed()) {
      const hit = mail.to.some(({ address }) => address === to) ? found(mail) : undefined;
      if (hit !== undefined) return hit;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no such mail came to ${to}`);
}
