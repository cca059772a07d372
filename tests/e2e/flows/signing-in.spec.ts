import { creator, ops, signIn } from '../people.ts';
import { expect, expectAccessible, test } from '../portal.ts';

test('a creator signs in and lands in their studio', async ({ page }) => {
  await signIn(page, creator);
  await expect(page).toHaveURL(/\/studio/);
  await expectAccessible(page);
});

test('ops sign in and land in their area', async ({ page }) => {
  await signIn(page, ops);
  await expect(page).toHaveURL(/\/ops/);
  await expectAccessible(page);
});

test('a wrong password is said in words, and nobody is signed in', async ({ page }) => {
  await page.goto('/sign-in');
  await expectAccessible(page);
  await page.getByLabel('Email').fill(creator);
  await page.getByLabel('Password', { exact: true }).fill('not-the-password-at-all');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/sign-in/);
});

test('a page that needs somebody asks for them first, then goes on', async ({ page }) => {
  await page.goto('/studio/library');
  await expect(page).toHaveURL(/sign-in/);
  await page.getByLabel('Email').fill(creator);
  await page.getByLabel('Password', { exact: true }).fill('correct-horse-demo-7');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/studio\/library/);
});
