import { expect, it } from 'vitest';
import { device, withBrowser } from '../support/browser';
import { clip } from '../support/clips';
import { eventually } from '../support/eventually';
import { arrives } from '../support/mail';
import { join } from '../support/people';
import { arrivedCard, choose } from '../support/upload';

withBrowser();

it('leads a new creator from sign-up to a video that plays and that everyone sees', async () => {
  const { page, complaints } = await device();
  const person = await join(page);
  await page.getByText('Nothing here yet.').waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Upload' }).first().click();

  await choose(page, await clip('summer_walk.mp4'));
  const card = arrivedCard(page, 'summer walk');
  await card.waitFor({ timeout: 30_000 });
  await card.getByText('Only you see it').waitFor({ timeout: 60_000 });
  await arrives(person.email, 30_000, ({ text, subject }) => (`${subject} ${text}`.includes('summer walk') ? true : undefined));

  await card.getByRole('button', { name: 'Make public' }).click();
  await card.getByText('Everyone sees it').waitFor();

  await card.getByRole('link', { name: 'Open: summer walk' }).click();
  const video = page.getByLabel('Preview of summer walk');
  await video.waitFor();
  const seconds = await eventually(
    () => video.evaluate((element: HTMLVideoElement) => element.duration),
    (duration) => Number.isFinite(duration) && duration > 0,
  );
  expect(seconds).toBeGreaterThan(2.9);
  expect(seconds).toBeLessThan(3.2);
  await video.evaluate(async (element: HTMLVideoElement) => { element.muted = true; await element.play(); });
  await eventually(() => video.evaluate((element: HTMLVideoElement) => element.currentTime), (at) => at > 0.5);

  await page.getByRole('button', { name: /Notifications, [1-9]/ }).click();
  await page.getByRole('dialog', { name: 'Notifications' }).getByText('summer walk').first().waitFor();
  expect(complaints.list).toEqual([]);
});

it('says what is wrong with a file that is no media, and publishes nothing', async () => {
  const { page } = await device();
  await join(page);
  await page.goto('/studio/upload');
  await page.getByLabel('Files to upload').setInputFiles({ name: 'holiday.mp4', mimeType: 'video/mp4', buffer: Buffer.from('These are words, not pictures. '.repeat(500)) });
  const card = arrivedCard(page, 'holiday');
  await card.getByText("Can't use file").waitFor({ timeout: 60_000 });
  await card.getByRole('link', { name: 'Details: holiday' }).click();
  await page.getByRole('alert').getByText('Nothing was published.').waitFor();
});

it('turns a file away before a byte moves when its type can never be used', async () => {
  const { page } = await device();
  await join(page);
  await page.goto('/studio/upload');
  let parts = 0;
  page.on('request', (request) => { if (request.url().includes('partNumber=')) parts += 1; });
  await page.getByLabel('Files to upload').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes') });
  await page.getByRole('alert').getByText('notes.txt was not uploaded.').waitFor();
  expect(parts).toBe(0);
});
