import { expect, type Page } from '@playwright/test';
import { linkMailedTo } from './mail.ts';

/** The demo people whom the seed makes, one of each role. */
export const creator = 'creator@demo.test';
export const otherCreator = 'creator2@demo.test';
export const finance = 'finance@demo.test';
export const ops = 'ops@demo.test';
export const admin = 'admin@demo.test';

const demoPassword = 'correct-horse-demo-7';

/** Signs somebody in by the form, as they would. */
export async function signIn(page: Page, email: string, password = demoPassword): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, email, password);
  await expect(page).not.toHaveURL(/sign-in/);
}

async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Somebody whom nobody knows yet, so that flows do not meet. */
export interface Newcomer {
  name: string;
  email: string;
  password: string;
}

let born = 0;

function newcomer(): Newcomer {
  born += 1;
  const mark = `${Date.now().toString(36)}${process.pid.toString(36)}${born}`;
  return { name: `Walker ${mark}`, email: `walker-${mark}@flow.test`, password: `a-long-walk-${mark}` };
}

/** Registers, follows the mailed link and signs in, and so becomes a creator with nothing yet. */
export async function join(page: Page): Promise<Newcomer> {
  const person = newcomer();
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  await page.goto(await linkMailedTo(person.email, '/verify'));
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeVisible();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, person.email, person.password);
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  return person;
}
