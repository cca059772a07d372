import { clip } from '../clips.ts';
import { join, ops, signIn } from '../people.ts';
import { expect, expectAccessible, test } from '../portal.ts';
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
  await signIn(page, ops);
  await expect(page.getByText(/failed at store_renditions of publish_upload/).first()).toBeVisible();
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByText('Failed', { exact: true }).first().click();
  await expect(page).toHaveURL(/state=failed/);
  await page.getByRole('row', { name: /transcode\.failed/ }).first().locator('[data-row-link]').click();
  await expect(page.getByText(/It stopped at store_renditions, after 6 of 9 steps/)).toBeVisible();
  await expect(page.locator('[aria-current=step]')).toContainText('store_renditions');
  await expect(page.getByText('[transcode.failed]').first()).toBeVisible();

  // What made it fail is the answer of an earlier step: that one is done again, and what follows.
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('menuitem', { name: 'hand_off and what follows' }).click();
  await expect(page.getByText('Repeats hand_off, transcoded, store_renditions, publish, notify.')).toBeVisible();
  const reason = `The service is up again, ${Date.now()}`;
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Retry 5 steps' }).click();
  await expect(page.getByText('The run goes on')).toBeVisible();
  await expect(page.getByText(/^All 9 steps are done/)).toBeVisible({ timeout: 60_000 });
  await expect(arrivedCard(studio, 'will fail once').getByText('Only you see it')).toBeVisible();

  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByRole('row', { name: new RegExp(reason) })).toBeVisible();
  await studio.context().close();
});

test('every page of Ops answers its question', async ({ page }) => {
  await signIn(page, ops);
  for (const name of ['Queues', 'Jobs', 'Runs', 'Schedules', 'Workers', 'Analytics', 'Audit', 'Overview']) {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  }
  await expect(page.getByText('Development', { exact: true })).toBeVisible();
});

test('a schedule says when it fires, and is triggered and held on record', async ({ page }) => {
  await signIn(page, ops);
  await page.goto('/ops/schedules');
  await page.getByRole('table', { name: 'Schedules' }).locator('[data-row-link]').first().click();
  await expect(page.getByText(/It fires next|It does not fire by itself/)).toBeVisible();
  await expectAccessible(page);

  const reason = `Looked after by hand, ${Date.now()}`;
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Pause it' }).click();
  await expect(page.getByText(`: ${reason}. It does not fire by itself.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveAccessibleDescription(new RegExp(reason));
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Resume it' }).click();
  await expect(page.getByText(/It fires next/)).toBeVisible();

  await page.getByRole('button', { name: 'Trigger' }).click();
  await page.getByRole('button', { name: 'Trigger now' }).click();
  await expect(page.getByRole('table', { name: 'Firings' }).getByRole('row').nth(1)).toContainText('By hand');
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByRole('row', { name: new RegExp(reason) })).toBeVisible();
});

test('an area of another role is not available, and no link leads there', async ({ page }) => {
  await signIn(page, ops);
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Library' })).toHaveCount(0);
  await page.goto('/studio/library');
  await expect(page.getByRole('heading', { name: 'Not available to your account' })).toBeVisible();
});
