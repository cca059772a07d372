import { clip } from '../clips.ts';
import { join, signIn } from '../people.ts';
import { expect, test } from '../portal.ts';
import { arrivedCard, upload } from '../uploads.ts';

test('a work is renamed where it stands, published from its menu, deleted and brought back', async ({ page }) => {
  await join(page);
  await upload(page, await clip('library_walk.mp4', 2));
  await expect(arrivedCard(page, 'library walk').getByText('Only you see it')).toBeVisible({ timeout: 60_000 });
  await page.goto('/studio/library');

  await page.getByRole('button', { name: 'Edit the title library walk' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Harbour at dawn');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Harbour at dawn' })).toBeVisible();

  await page.getByRole('button', { name: 'Acts for Harbour at dawn' }).click();
  await page.getByRole('menuitem', { name: 'Make public' }).click();
  await expect(page.getByRole('row', { name: /Harbour at dawn/ }).getByText('Everyone sees it')).toBeVisible();

  await page.getByRole('button', { name: 'Acts for Harbour at dawn' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await page.getByRole('alert').filter({ hasText: 'is deleted' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Harbour at dawn' })).toBeVisible();
});

test('two devices that edit the same work lose no text', async ({ page, browser }) => {
  const person = await join(page);
  await upload(page, await clip('two_hands.mp4', 2));
  await expect(arrivedCard(page, 'two hands').getByText('Only you see it')).toBeVisible({ timeout: 60_000 });
  await arrivedCard(page, 'two hands').getByRole('link', { name: 'Open: two hands' }).click();
  const here = page.getByRole('form', { name: 'Details' });
  await here.getByLabel('Title').fill('Title of this device');

  const other = await (await browser.newContext()).newPage();
  await signIn(other, person.email, person.password);
  await other.goto(page.url());
  const there = other.getByRole('form', { name: 'Details' });
  await there.getByLabel('Title').fill('Title of the other device');
  await there.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('heading', { name: 'Title of the other device' })).toBeVisible();
  await other.context().close();

  await here.getByRole('button', { name: 'Save' }).click();
  await expect(here.getByText('This page changed elsewhere. Your text is here, unsaved.')).toBeVisible();
  await expect(here.getByText('Title now: “Title of the other device”')).toBeVisible();
  await expect(here.getByLabel('Title')).toHaveValue('Title of this device');
  await here.getByRole('button', { name: 'Save mine' }).click();
  await expect(page.getByRole('heading', { name: 'Title of this device' })).toBeVisible();
});

test('the address is the view', async ({ page }) => {
  await join(page);
  await page.goto('/studio/library');
  await page.getByRole('searchbox').fill('nothing like this');
  await expect(page).toHaveURL(/q=nothing/);
  await expect(page.getByText('Nothing matches.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('nothing like this');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveValue('');
});
