import { basename } from 'node:path';
import { expect, type Locator, type Page, type Request } from '@playwright/test';

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

/** Makes the line to the store slow: each part takes at least so long. Gives what ends it. */
export async function slowLine(page: Page, milliseconds: number): Promise<() => Promise<void>> {
  await page.route(partAddress, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    // The page may have given the request up meanwhile.
    await route.fallback().catch(() => undefined);
  });
  return () => page.unroute(partAddress);
}

/** What a page does with parts from now on: the numbers that it sends, and those that the store has taken. */
export interface Parts {
  sent: number[];
  stored: number[];
}

export function partsOf(page: Page): Parts {
  const parts: Parts = { sent: [], stored: [] };
  const numberOf = (request: Request) => request.method() === 'PUT' ? Number(partAddress.exec(request.url())?.[1] ?? 0) : 0;
  page.on('request', (request) => { if (numberOf(request) > 0) parts.sent.push(numberOf(request)); });
  page.on('response', (response) => {
    if (response.ok() && numberOf(response.request()) > 0) parts.stored.push(numberOf(response.request()));
  });
  return parts;
}

/** Waits until the store has taken so many parts. */
export async function expectStored(parts: Parts, count: number): Promise<void> {
  await expect.poll(() => parts.stored.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
}
