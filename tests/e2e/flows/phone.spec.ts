import { devices } from '@playwright/test';
import { creator, ops, signIn } from '../people.ts';
import { expect, expectAccessible, test } from '../portal.ts';

test.use({ ...devices['Pixel 7'], viewport: { width: 390, height: 844 } });

const widerThanScreen = () => document.documentElement.scrollWidth - window.innerWidth;

test('a creator finds their way on a phone, and no page is wider than the screen', async ({ page }) => {
  await signIn(page, creator);
  for (const path of ['/studio', '/studio/analytics', '/studio/analytics?show=realtime', '/studio/analytics?show=exports', '/studio/upload', '/studio/library', '/studio/library?view=grid', '/settings/profile', '/settings/sessions', '/settings/tokens']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    expect(await page.evaluate(widerThanScreen), path).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible();
  await page.locator('[data-row-link]').first().click();
  await expect(page.getByRole('form', { name: 'Details' })).toBeVisible();
  expect(await page.evaluate(widerThanScreen)).toBeLessThanOrEqual(0);
});

test('ops see what hurts on a phone', async ({ page }) => {
  await signIn(page, ops);
  for (const path of ['/ops', '/ops/queues', '/ops/jobs', '/ops/runs', '/ops/schedules', '/ops/workers', '/ops/analytics', '/ops/audit']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(widerThanScreen), path).toBeLessThanOrEqual(0);
  }
});
