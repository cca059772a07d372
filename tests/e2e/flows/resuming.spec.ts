import { clip, longClip } from '../clips.ts';
import { join, signIn } from '../people.ts';
import { expect, test } from '../portal.ts';
import { arrivedCard, expectStored, partsOf, percentOf, sendingCard, slowLine, upload } from '../uploads.ts';

test('a paused upload goes on after a reload and sends only what is missing', async ({ page }) => {
  await join(page);
  const path = await longClip('long_pause.mp4', 60);
  const endOfSlowness = await slowLine(page, 700);
  const before = partsOf(page);
  await upload(page, path);
  const card = sendingCard(page, path);
  await expectStored(before, 2);
  await card.getByRole('button', { name: 'Pause long_pause.mp4' }).click();
  await expect(card.getByText('Paused')).toBeVisible();
  await expect(card.getByText(/^\d+% is saved$/)).toBeVisible();

  await page.reload();
  await expect(card.getByText(/\d+% saved\. Choose long_pause\.mp4 again/)).toBeVisible();
  const saved = await percentOf(card);
  expect(saved).toBeGreaterThan(0);
  expect(saved).toBeLessThan(100);

  await endOfSlowness();
  const stored = [...before.stored];
  const after = partsOf(page);
  await page.getByLabel('The file long_pause.mp4').setInputFiles(path);
  await expect(arrivedCard(page, 'long pause')).toBeVisible({ timeout: 60_000 });
  expect(after.sent.filter((number) => stored.includes(number))).toEqual([]);
  expect(new Set(after.sent).size).toBe(after.sent.length);
});

test('what one device began, another finishes', async ({ page, browser }) => {
  const person = await join(page);
  const path = await longClip('begun_elsewhere.mp4', 50);
  await slowLine(page, 600);
  const here = partsOf(page);
  await upload(page, path);
  await expectStored(here, 2);
  await page.goto('about:blank');

  const other = await (await browser.newContext()).newPage();
  await signIn(other, person.email, person.password);
  const tray = other.getByRole('region', { name: 'Uploads' });
  await expect(tray.getByText('1 upload waits for you')).toBeVisible();
  await tray.getByRole('link', { name: 'Show' }).click();
  await expect(sendingCard(other, path).getByText(/\d+% saved\. Choose begun_elsewhere\.mp4 again/)).toBeVisible();
  const there = partsOf(other);
  await other.getByLabel('The file begun_elsewhere.mp4').setInputFiles(path);
  await expect(arrivedCard(other, 'begun elsewhere')).toBeVisible({ timeout: 60_000 });
  expect(there.sent.filter((number) => here.stored.includes(number))).toEqual([]);
  await other.context().close();
});

test('another file in the place of the one that was begun is recognised', async ({ page }) => {
  await join(page);
  const path = await longClip('the_right_one.mp4', 40);
  await slowLine(page, 800);
  const parts = partsOf(page);
  await upload(page, path);
  const card = sendingCard(page, path);
  await expectStored(parts, 1);
  await page.reload();
  await expect(card.getByText(/Choose the_right_one\.mp4 again/)).toBeVisible();
  await page.getByLabel('The file the_right_one.mp4').setInputFiles(await clip('a_wrong_one.mp4'));
  await expect(card.getByText(/^a_wrong_one\.mp4 is another file\. The saved \d+% is the_right_one\.mp4\./)).toBeVisible();
});

test('a lost line is waited for, and the upload goes on by itself', async ({ page, context }) => {
  await join(page);
  const path = await longClip('through_a_tunnel.mp4', 40);
  const endOfSlowness = await slowLine(page, 500);
  const parts = partsOf(page);
  await upload(page, path);
  const card = sendingCard(page, path);
  await expectStored(parts, 1);
  await context.setOffline(true);
  await expect(card.getByText(/Connection lost\. \d+% is saved/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('status', { name: /^Offline/ })).toBeVisible();
  await endOfSlowness();
  await context.setOffline(false);
  await expect(arrivedCard(page, 'through a tunnel')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('status', { name: /^Live/ })).toBeVisible();
});

test('a piece that arrives damaged is sent again, and the creator is told', async ({ page }) => {
  await join(page);
  const path = await longClip('noisy_line.mp4', 30);
  const parts = partsOf(page);
  let damaged = false;
  await page.route(/[?&]partNumber=2\b/, async (route) => {
    if (damaged) return route.fallback();
    damaged = true;
    const body = route.request().postDataBuffer() ?? Buffer.alloc(1);
    body[0] = (body[0] ?? 0) ^ 1; // One flipped bit: the store compares with the signed checksum.
    return route.continue({ postData: body });
  });
  await page.route(/[?&]partNumber=4\b/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return route.fallback();
  });
  await upload(page, path);
  await expect(sendingCard(page, path).getByText('a damaged piece was sent again')).toBeVisible({ timeout: 30_000 });
  await expect(arrivedCard(page, 'noisy line')).toBeVisible({ timeout: 60_000 });
  expect(parts.sent.filter((number) => number === 2)).toHaveLength(2);
});

test('nothing says 100 per cent before the server has confirmed', async ({ page }) => {
  await join(page);
  const path = await clip('almost_there.mp4');
  await page.route(/\/v1\/uploads\/\w+\/complete$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return route.continue();
  });
  await upload(page, path);
  const card = sendingCard(page, path);
  await expect(card.getByText('All sent. Waiting for the confirmation')).toBeVisible();
  expect(await percentOf(card)).toBe(99);
  await expect(arrivedCard(page, 'almost there')).toBeVisible();
});

test('a cancelled upload frees its place', async ({ page }) => {
  await join(page);
  const path = await longClip('never_mind.mp4', 40);
  await slowLine(page, 800);
  const parts = partsOf(page);
  await upload(page, path);
  const card = sendingCard(page, path);
  await expectStored(parts, 1);
  await card.getByRole('button', { name: 'Cancel never_mind.mp4' }).click();
  await expect(card.getByText('What is saved is removed.')).toBeVisible();
  await card.getByRole('button', { name: 'Remove' }).click();
  await expect(card).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Upload' })).toBeVisible();
  await expect(card).toBeHidden();
});
