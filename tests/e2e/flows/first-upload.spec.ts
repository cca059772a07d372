import { clip } from '../clips.ts';
import { expectMail } from '../mail.ts';
import { join } from '../people.ts';
import { expect, test } from '../portal.ts';
import { arrivedCard, partAddress, upload } from '../uploads.ts';

test('a new creator comes from sign-up to a video that plays and that everyone sees', async ({ page }) => {
  const person = await join(page);
  await expect(page.getByText('First figures tomorrow.')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Upload' }).first().click();

  await upload(page, await clip('summer_walk.mp4'));
  const card = arrivedCard(page, 'summer walk');
  await expect(card).toBeVisible({ timeout: 30_000 });
  await expect(card.getByText('Only you see it')).toBeVisible({ timeout: 60_000 });
  await expectMail(person.email, 'summer walk');

  await card.getByRole('link', { name: 'Open: summer walk' }).click();
  const video = page.getByLabel('Preview of summer walk');
  const duration = () => video.evaluate((element: HTMLVideoElement) => element.duration);
  await expect.poll(duration, { timeout: 20_000 }).toBeGreaterThan(2.9);
  expect(await duration()).toBeLessThan(3.2);
  await video.evaluate(async (element: HTMLVideoElement) => {
    element.muted = true;
    await element.play();
  });
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0.5);

  await page.getByRole('button', { name: 'Make public' }).click();
  await expect(page.getByText(/^Everyone, since/)).toBeVisible();
  await page.getByRole('link', { name: 'Library' }).last().click();
  await expect(page.getByRole('row', { name: /summer walk/ }).getByText('Everyone sees it')).toBeVisible();

  await page.getByRole('button', { name: /^Notifications, [1-9]/ }).click();
  await expect(page.getByRole('dialog').getByText('summer walk').first()).toBeVisible();
});

test('several files are sent at once, and what is chosen to be public becomes so by itself', async ({ page }) => {
  await join(page);
  await page.goto('/studio/upload');
  await page.getByLabel('Public: everyone sees it').check();
  await upload(page, [await clip('first_of_two.mp4'), await clip('second_of_two.mp4', 2)]);
  for (const title of ['first of two', 'second of two']) {
    await expect(arrivedCard(page, title).getByText('Everyone sees it')).toBeVisible({ timeout: 60_000 });
  }
});

test('a file that is no media is refused in words, and nothing is published', async ({ page }) => {
  await join(page);
  const words = Buffer.from('These are words, not pictures. '.repeat(500));
  await upload(page, { name: 'holiday.mp4', mimeType: 'video/mp4', buffer: words });
  const card = arrivedCard(page, 'holiday');
  await expect(card.getByText("Can't use file")).toBeVisible({ timeout: 60_000 });
  await card.getByRole('link', { name: 'Details: holiday' }).click();
  await expect(page.getByRole('alert').getByText('This is text, not video or audio. Nothing was published.')).toBeVisible();
});

test('a file of a type that can never be used is turned away before a byte moves', async ({ page }) => {
  await join(page);
  let parts = 0;
  page.on('request', (request) => { if (partAddress.test(request.url())) parts += 1; });
  await upload(page, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') });
  await expect(page.getByRole('alert').getByText('notes.txt was not uploaded.')).toBeVisible();
  expect(parts).toBe(0);
});
