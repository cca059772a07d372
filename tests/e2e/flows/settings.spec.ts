import { join, signIn } from '../people.ts';
import { linkMailedTo } from '../mail.ts';
import { expect, test } from '../portal.ts';

test('an API token is shown once, works, and is refused after it is revoked', async ({ page, request }) => {
  await join(page);
  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('My script');
  await expect(dialog.getByRole('button', { name: 'Create token' })).toHaveAccessibleDescription('Choose at least one thing that it may do');
  await dialog.getByLabel('Read works and uploads').check();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByText('It is shown this once.')).toBeVisible();
  const token = await page.locator('pre').innerText();
  const ask = async () => (await request.get('/v1/contents', { headers: { authorization: `Bearer ${token}` } })).status();
  expect(await ask()).toBe(200);

  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.locator('pre')).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke My script' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('No tokens yet.')).toBeVisible();
  expect(await ask()).toBe(401);
});

test('signing out everywhere ends the other devices too', async ({ page, browser }) => {
  const person = await join(page);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, person.email, person.password);
  await page.goto('/settings/sessions');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByText('This ends all 2 sessions, this one too.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/sign-in/);
  await other.context().close();
});

test('a forgotten password is replaced by a mailed link', async ({ page }) => {
  const person = await join(page);
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(page.getByRole('heading', { name: 'Reset your password' })).toBeVisible();
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.goto(await linkMailedTo(person.email, '/reset-password'));
  await page.getByLabel('New password').fill('quite-another-walk-9');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'Your password is changed' })).toBeVisible();
  await signIn(page, person.email, 'quite-another-walk-9');
});
