import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Chooses a file on the upload page. */
export async function choose(page: Page, path: string): Promise<void> {
  if (new URL(page.url()).pathname !== '/studio/upload') await page.goto('/studio/upload');
  await page.getByLabel('Files to upload').setInputFiles(path);
}

/** The card of a file that is being sent. */
export const uploadCard = (page: Page, path: string): Locator => page.getByRole('group', { name: basename(path), exact: true });

/** The card of a work that has arrived. */
export const arrivedCard = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: 'Arrived' }).getByRole('group', { name: title, exact: true });

/** The whole per cent that a bar shows. */
export async function percentOf(card: Locator): Promise<number> {
  return Number(await card.getByRole('progressbar').first().getAttribute('aria-valuenow'));
}

/** Lets parts through slowly: each takes at least so long. Returns what ends it. */
export async function slowLine(page: Page, milliseconds: number): Promise<() => Promise<void>> {
  const pattern = /partNumber=/;
  await page.route(pattern, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await route.continue().catch(() => undefined); // The page may have given the request up meanwhile.
  });
  return () => page.unroute(pattern);
}
