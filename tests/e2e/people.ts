import { expect, type Page } from '@playwright/test';

/** The demo people whom the seed makes, one of each role. */
export const creator = 'creator@demo.test';
export const otherCreator = 'creator2@demo.test';
export const finance = 'finance@demo.test';
export const ops = 'ops@demo.test';
export const admin = 'admin@demo.test';

const password = 'correct-horse-demo-7';

/** Signs somebody in by the form, as they would. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}
