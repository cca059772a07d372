import { chart, creatorWith, group } from '../channel.ts';
import { answerOf, exact, type Overview } from '../figures.ts';
import { expect, expectAccessible, test } from '../portal.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('a creator with nothing public has one thing to do', async ({ page }) => {
      const { state } = await creatorWith(page, 'empty');
      expect(state).toBe('empty');
      await expect(page.getByText('First figures tomorrow.')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Choose files' })).toBeInViewport();
      await expect(page.getByText('Nothing needs you.')).toBeVisible();
      await expectAccessible(page);
    });

    test('on the first day a creator reads when figures come, and sees an estimate until then', async ({ page }) => {
      const { state } = await creatorWith(page, 'first-day');
      expect(state).toBe('first_day');
      await expect(page.getByText('First figures tomorrow.')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'See what happens now' }).click();
      await expect(page.getByText('Estimate', { exact: true })).toHaveCount(2);
      await expect(chart(page, 'Views, last 60 minutes')).toBeVisible();
      await expectAccessible(page);
    });

    test('the pages of a busy creator have no serious finding', async ({ page }) => {
      const { top } = await creatorWith(page, 'busy');
      await expect(chart(page, 'Likes per day')).toBeVisible();
      await expectAccessible(page);
      await page.getByRole('table', { name: 'Seen most' }).getByRole('link', { name: top[0]?.title ?? '' }).click();
      for (const tab of ['Overview', 'Works', 'Audience', 'Retention', 'Real time', 'Exports']) {
        await page.getByRole('navigation', { name: 'Analytics' }).getByRole('link', { name: tab }).click();
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
        await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
        await expectAccessible(page);
      }
    });
  });
}

test('how yesterday was, and whether that is final, is answered without scrolling', async ({ page }) => {
  const { overview } = await creatorWith(page, 'busy');
  await expect(page.getByText(overview.freshness.sentence)).toBeInViewport();
  for (const name of ['Views', 'Minutes', 'Likes']) await expect(group(page, name)).toBeInViewport({ ratio: 1 });
});

test('charts show the numbers of the API, by keys and as a table', async ({ page }) => {
  const { overview } = await creatorWith(page, 'busy');
  const [first, last] = [overview.daily_stats[0], overview.daily_stats.at(-1)];
  await expect(group(page, 'Views').getByText(exact(overview.totals.views), { exact: true })).toBeAttached();

  await chart(page, 'Views per day').focus();
  await page.keyboard.press('Home');
  const reading = page.getByRole('region', { name: 'Views per day' }).getByRole('status');
  await expect(reading).toContainText(`: ${exact(first?.views ?? -1)}`);
  for (let day = 1; day < overview.daily_stats.length; day += 1) await page.keyboard.press('ArrowRight');
  await expect(reading).toContainText(`: ${exact(last?.views ?? -1)}`);

  await page.getByRole('button', { name: 'Minutes per day as table' }).click();
  const rows = page.getByRole('table', { name: 'Minutes per day' }).getByRole('row');
  for (const [index, { watch_time: minutes }] of overview.daily_stats.entries()) {
    await expect(rows.nth(index + 1).getByRole('cell').first()).toHaveText(exact(minutes));
  }
  await page.getByRole('button', { name: 'Likes per day as CSV' }).focus();
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(file.suggestedFilename()).toBe('likes-per-day.csv');
});

test('a range and what it is compared with stay in the address', async ({ page }) => {
  await creatorWith(page, 'busy');
  await page.goto('/studio/analytics');
  const week = await answerOf<Overview>(page, '/v1/analytics/overview', () => page.getByText('7 d', { exact: true }).click(), ({ searchParams }) => searchParams.has('from'));
  expect(week.daily_stats).toHaveLength(7);
  expect(week.to).toBe(week.freshness.complete_through);
  await expect(page).toHaveURL(/range=7/);
  await expect(page.getByText('Before', { exact: true }).first()).toBeVisible();
  await page.getByRole('switch', { name: 'Compare with before' }).click();
  await expect(page.getByText('Before', { exact: true })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Compare with before' })).not.toBeChecked();
  await expect(group(page, 'Views').getByText(exact(week.totals.views), { exact: true }).first()).toBeAttached();
});

test('works are compared, one is looked at alone, and its page leads here', async ({ page }) => {
  const { top } = await creatorWith(page, 'busy');
  const title = top[0]?.title ?? '';
  await page.goto('/studio/analytics?show=works');
  const first = page.getByRole('table', { name: 'Works' }).getByRole('row').nth(1);
  await expect(first).toContainText(exact(top[0]?.views ?? -1));
  await first.getByRole('link').click();
  await expect(page).toHaveURL(/content=cnt_/);
  await page.getByRole('link', { name: 'Open it' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Analytics' }).click();
  await page.getByRole('button', { name: `Only ${title}. Show all works` }).click();
  await expect(page).not.toHaveURL(/content=/);
});

test('an export is written while one goes on, and holds the days of the API', async ({ page }) => {
  const { overview } = await creatorWith(page, 'busy');
  await page.goto('/studio/analytics?show=exports');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const ready = page.getByRole('link', { name: /^Download / });
  await expect(ready).toBeVisible({ timeout: 60_000 });
  const [file] = await Promise.all([page.waitForEvent('download'), ready.click()]);
  const lines: string[] = [];
  for await (const piece of await file.createReadStream()) lines.push(String(piece));
  const days = lines.join('').trim().split(/\r?\n/);
  expect(days.filter((line) => /^"?\d{4}-\d{2}-\d{2}/.test(line))).toHaveLength(overview.daily_stats.length);
});
