import type { Page } from 'playwright-core';
import { linkInMail } from './mail';

export interface Person {
  email: string;
  password: string;
}

const demoPassword = 'correct-horse-demo-7';
export const ops: Person = { email: 'ops@demo.test', password: demoPassword };
export const admin: Person = { email: 'admin@demo.test', password: demoPassword };
export const finance: Person = { email: 'finance@demo.test', password: demoPassword };
export const seededCreator: Person = { email: 'creator@demo.test', password: demoPassword };

let born = 0;

/** A creator whom nobody knows yet, so that walks do not meet. */
export function newcomer(): Person & { name: string } {
  born += 1;
  const mark = `${Date.now().toString(36)}${process.pid.toString(36)}${born}`;
  return { name: `Walker ${mark}`, email: `walker-${mark}@walk.test`, password: `a-long-walk-${mark}` };
}

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, { email, password });
  await page.getByRole('navigation', { name: 'Areas' }).or(page.getByRole('button', { name: 'Open navigation' })).first().waitFor();
}

export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Registers, follows the mailed link and signs in: as a person would. */
export async function join(page: Page, person = newcomer()): Promise<Person> {
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await page.goto(await linkInMail(person.email, '/verify'));
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, person);
  await page.getByRole('heading', { name: 'Library' }).waitFor();
  return person;
}
