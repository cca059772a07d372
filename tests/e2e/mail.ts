import { expect } from '@playwright/test';
import { told } from './settings.ts';

interface Mail {
  to: { address: string }[];
  subject: string;
  text: string;
}

/** The mails that the catcher holds for an address, the newest first. */
async function mailsTo(address: string): Promise<Mail[]> {
  const mails = (await (await fetch(`${told('CREATOR_STUDIO_TEST_MAIL_WEB')}/email`)).json()) as Mail[];
  return mails.filter(({ to }) => to.some((one) => one.address === address)).reverse();
}

/** The link to `path` in a mail to an address, as soon as one comes. */
export async function linkMailedTo(address: string, path: string): Promise<string> {
  const link = new RegExp(`https?://[^\\s"<>]+${path}[^\\s"<>]*`);
  const find = async () => (await mailsTo(address)).map(({ text }) => link.exec(text)?.[0]).find(Boolean) ?? '';
  await expect.poll(find, { message: `a mail to ${address} with a link to ${path}`, timeout: 30_000 }).not.toBe('');
  return find();
}

/** Waits for a mail to an address that speaks of something. */
export async function expectMail(address: string, words: string): Promise<void> {
  const find = async () => (await mailsTo(address)).some(({ subject, text }) => `${subject} ${text}`.includes(words));
  await expect.poll(find, { message: `a mail to ${address} about ${words}`, timeout: 30_000 }).toBe(true);
}
