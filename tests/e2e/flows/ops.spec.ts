import { clip } from '../clips.ts';
import { join, ops, signIn } from '../people.ts';
import { expect, test } from '../portal.ts';
import { told } from '../settings.ts';
import { arrivedCard, upload } from '../uploads.ts';

async function ordersToVod(method: 'PUT' | 'DELETE', body?: object): Promise<void> {
  const answer = await fetch(`${told('CREATOR_STUDIO_TEST_VOD')}/_faults`, {
    method, headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok, `the VOD service takes orders: ${answer.status}`).toBe(true);
}

test('ops find a run that failed, see why, and retry it from there', async ({ page, browser }) => {
  const studio = await (await browser.newContext()).newPage();
  await join(studio);
  await ordersToVod('PUT', { next: 1, fault: 'fail' });
  try {
    await upload(studio, await clip('will_fail_once.mp4', 2));
    await expect(arrivedCard(studio, 'will fail once').getByText('Needs you')).toBeVisible({ timeout: 60_000 });
  } finally {
    await ordersToVod('DELETE');
  }
  const contentId = await arrivedCard(studio, 'will fail once').getByRole('link', { name: 'Details: will fail once' }).getAttribute('href');

  await signIn(page, ops);
  await expect(page.getByText(/failed at `?\w+`? of `?publish_upload/).first()).toBeVisible();
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByText('Failed', { exact: true }).first().click();
  await expect(page).toHaveURL(/state=failed/);
  await page.locator('[data-row-link]').first().click();
  await expect(page.getByText(/It stopped at transcoded/)).toBeVisible();
  await expect(page.locator('[aria-current=step]')).toContainText('transcoded');

  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('menuitem', { name: 'Retry the failed step and what follows' }).click();
  await expect(page.getByText(/Repeats .*transcoded.*publish/)).toBeVisible();
  await page.getByLabel('Reason').fill('The service is up again');
  await page.getByRole('button', { name: /^Retry \d+ steps?$/ }).click();
  await expect(page.getByText('The run goes on')).toBeVisible();

  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByText('The service is up again').first()).toBeVisible();
  expect(contentId).toMatch(/cnt_/);
  await studio.context().close();
});

test('every page of Ops answers its question', async ({ page }) => {
  await signIn(page, ops);
  for (const name of ['Queues', 'Jobs', 'Runs', 'Workers', 'Audit', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  }
  await expect(page.getByText('Development', { exact: true })).toBeVisible();
});

test('an area of another role is not available, and no link leads there', async ({ page }) => {
  await signIn(page, ops);
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Library' })).toHaveCount(0);
  await page.goto('/studio/library');
  await expect(page.getByRole('heading', { name: 'Not available to your account' })).toBeVisible();
});
