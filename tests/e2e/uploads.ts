import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** What a part is put to at the object store. */
export const partAddress = /[?&]partNumber=(\d+)/;

/** Chooses files on the upload page. */
export async function upload(page: Page, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
  if (new URL(page.url()).pathname !== '/studio/upload') await page.goto('/studio/upload');
  await page.getByLabel('Files to upload').setInputFiles(files);
}

/** The card of a file that is being sent. */
export const sendingCard = (page: Page, path: string): Locator => page.getByRole('group', { name: basename(path), exact: true });

/** The card of a work that has arrived. */
export const arrivedCard = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: 'Arrived' }).getByRole('group', { name: title, exact: true });

/** The whole per cent that a card's bar shows. */
export const percentOf = async (card: Locator): Promise<number> =>
  Number(await card.getByRole('progressbar').first().getAttribute('aria-valuenow'));

export async function expectPercent(card: Locator, atLeast: number): Promise<void> {
  await expect.poll(() => percentOf(card), { timeout: 30_000 }).toBeGreaterThanOrEqual(atLeast);
}

/** Makes the line to the store slow: each part takes at least so long. Gives what ends it. */
export async function slowLine(page: Page, milliseconds: number): Promise<() => Promise<void>> {
  await page.route(partAddress, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    // The page may have given the request up meanwhile.
    await route.fallback().catch(() => undefined);
  });
  return () => page.unroute(partAddress);
}

/** The numbers of the parts that a page sends from now on. */
export function partsSentBy(page: Page): number[] {
  const numbers: number[] = [];
  page.on('request', (request) => {
    const number = partAddress.exec(request.url())?.[1];
    if (number && request.method() === 'PUT') numbers.push(Number(number));
  });
  return numbers;
}
