import { creator, ops, signIn } from '../people.ts';
import { expect, test } from '../portal.ts';

test('the palette goes to a page and opens a pasted id', async ({ page }) => {
  await signIn(page, creator);
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to, do, or paste an id').fill('upload');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/studio\/upload/);

  await page.goto('/studio/library');
  const address = await page.locator('[data-row-link]').first().getAttribute('href');
  const id = /cnt_\w+/.exec(address ?? '')?.[0] ?? '';
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to, do, or paste an id').fill(id);
  await expect(page.getByText(`Open ${id}`)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(id));
});

test('a list is walked with j and k and opened with Enter; / searches; ? shows the keys', async ({ page }) => {
  await signIn(page, creator);
  await page.goto('/studio/library');
  const rows = page.locator('[data-row-link]');
  await rows.first().focus();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('j?');
  await expect(page.getByRole('searchbox')).toHaveValue('j?');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('heading', { name: 'Library' }).click();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await rows.first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/studio\/library\/cnt_/);
});

test('single keys can be turned off', async ({ page }) => {
  await signIn(page, creator);
  await page.goto('/settings/profile');
  await page.getByLabel('Single keys').uncheck();
  await page.goto('/studio/library');
  await expect(page.locator('[data-row-link]').first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).not.toBeFocused();
});

test('the first Tab offers to skip to the page', async ({ page }) => {
  await signIn(page, ops);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a button that cannot act says why, on focus too', async ({ page }) => {
  await signIn(page, creator);
  await page.goto('/studio/library');
  await page.locator('[data-row-link]').first().click();
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByRole('combobox', { name: 'Tags' }).focus();
  await page.keyboard.press('Tab');
  await expect(save).toBeFocused();
  await expect(save).toHaveAccessibleDescription('Nothing is changed yet.');
  await expect(page.getByRole('tooltip', { name: 'Nothing is changed yet.' })).toBeVisible();
});
