import type { Page } from '@playwright/test';
import { admin, creator, ops, signIn } from '../people.ts';
import { expect, expectAccessible, test } from '../portal.ts';

const open = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password?token=x', '/verify'];
const studio = ['/studio', '/studio/analytics', '/studio/upload', '/studio/library', '/studio/library?view=grid', '/studio/library?deleted=true', '/settings/profile', '/settings/password', '/settings/sessions', '/settings/tokens', '/finance'];
const machinery = ['/ops', '/ops/queues', '/ops/jobs', '/ops/runs', '/ops/schedules', '/ops/workers', '/ops/analytics', '/ops/analytics?show=business', '/ops/audit'];

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await expectAccessible(page);
}

/** Opens the first row of a list and looks at its page. */
async function visitFirst(page: Page, list: string): Promise<void> {
  await page.goto(list);
  await page.locator('[data-row-link]').first().click();
  await expect(page.getByRole('link', { name: list.endsWith('library') ? 'Library' : /Jobs|Runs|Schedules/ }).first()).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await expectAccessible(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('the pages before sign-in have no serious finding', async ({ page }) => {
      for (const path of open) await visit(page, path);
    });

    test('the pages of a creator have no serious finding', async ({ page }) => {
      await signIn(page, creator);
      for (const path of studio) await visit(page, path);
      await visitFirst(page, '/studio/library');
    });

    test('the pages of Ops have no serious finding', async ({ page }) => {
      await signIn(page, ops);
      for (const path of machinery) await visit(page, path);
      await visitFirst(page, '/ops/jobs');
      await visitFirst(page, '/ops/runs');
      await visitFirst(page, '/ops/schedules');
    });

    test('what opens over a page has no serious finding', async ({ page }) => {
      await signIn(page, admin);
      await expect(page.getByRole('status', { name: /^Live/ })).toBeVisible();
      await page.keyboard.press('Control+k');
      await expect(page.getByPlaceholder('Go to, do, or paste an id')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Account of/ }).click();
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
    });
  });
}
