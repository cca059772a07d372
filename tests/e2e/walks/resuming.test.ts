import { expect, it } from 'vitest';
import { device, withBrowser, type Device } from '../support/browser';
import { clip, longClip } from '../support/clips';
import { eventually } from '../support/eventually';
import { join, signIn } from '../support/people';
import { arrivedCard, choose, percentOf, slowLine, uploadCard } from '../support/upload';

withBrowser();

const partsSent = ({ page }: Device): number[] => {
  const numbers: number[] = [];
  page.on('request', (request) => {
    const number = /partNumber=(\d+)/.exec(request.url())?.[1];
    if (number && request.method() === 'PUT') numbers.push(Number(number));
  });
  return numbers;
};

it('pauses, goes on after a reload with the file chosen again, and sends only what is missing', async () => {
  const here = await device();
  const { page } = here;
  await join(page);
  const path = await longClip('long_pause.mp4', 60);
  const stopSlow = await slowLine(page, 700);
  await choose(page, path);
  const card = uploadCard(page, path);
  await eventually(() => percentOf(card), (percent) => percent >= 20);
  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByText('Paused').waitFor();
  await card.getByText(/\d+% is saved/).waitFor();

  await page.reload();
  await card.getByText(/\d+% saved\. Choose long_pause\.mp4 again/).waitFor();
  const saved = await percentOf(card);
  expect(saved).toBeGreaterThan(0);
  expect(saved).toBeLessThan(100);

  await stopSlow();
  const again = partsSent(here);
  await page.getByLabel('The file long_pause.mp4').setInputFiles(path);
  await arrivedCard(page, 'long pause').waitFor({ timeout: 60_000 });
  const parts = Math.ceil((60 * 1024 * 1024) / (8 * 1024 * 1024));
  expect(new Set(again).size).toBe(again.length);
  expect(again.length).toBeLessThan(parts + 2);
  expect(again).not.toContain(1);
});

it('finishes on another device what was begun on this one', async () => {
  const first = await device();
  const person = await join(first.page);
  const path = await longClip('begun_elsewhere.mp4', 50);
  await slowLine(first.page, 600);
  await choose(first.page, path);
  await eventually(() => percentOf(uploadCard(first.page, path)), (percent) => percent >= 20);
  await first.context.close();

  const second = await device();
  await signIn(second.page, person);
  await second.page.getByRole('region', { name: 'Uploads' }).getByText('1 upload waits for you').waitFor();
  await second.page.getByRole('region', { name: 'Uploads' }).getByRole('link', { name: 'Show' }).click();
  const card = uploadCard(second.page, path);
  await card.getByText(/\d+% saved\. Choose begun_elsewhere\.mp4 again/).waitFor();
  const sent = partsSent(second);
  await second.page.getByLabel('The file begun_elsewhere.mp4').setInputFiles(path);
  await arrivedCard(second.page, 'begun elsewhere').waitFor({ timeout: 60_000 });
  expect(sent).not.toContain(1);
});

it('refuses another file in the place of the one that was begun', async () => {
  const { page } = await device();
  await join(page);
  const path = await longClip('the_right_one.mp4', 40);
  await slowLine(page, 800);
  await choose(page, path);
  const card = uploadCard(page, path);
  await eventually(() => percentOf(card), (percent) => percent >= 10);
  await page.reload();
  await card.getByText(/Choose the_right_one\.mp4 again/).waitFor();
  await page.getByLabel('The file the_right_one.mp4').setInputFiles(await clip('a_wrong_one.mp4'));
  await card.getByText(/a_wrong_one\.mp4 is another file\. The saved \d+% is the_right_one\.mp4\./).waitFor();
});

it('waits for a lost line and goes on by itself when it is back', async () => {
  const { page, context } = await device();
  await join(page);
  const path = await longClip('through_a_tunnel.mp4', 40);
  const stopSlow = await slowLine(page, 500);
  await choose(page, path);
  const card = uploadCard(page, path);
  await eventually(() => percentOf(card), (percent) => percent >= 10);
  await context.setOffline(true);
  await card.getByText(/Connection lost\. \d+% is saved/).waitFor({ timeout: 30_000 });
  await stopSlow();
  await context.setOffline(false);
  await arrivedCard(page, 'through a tunnel').waitFor({ timeout: 60_000 });
});

it('sends a damaged piece again and says so', async () => {
  const { page } = await device();
  await join(page);
  const path = await longClip('noisy_line.mp4', 30);
  let damaged = 0;
  await page.route(/partNumber=2\b/, async (route) => {
    damaged += 1;
    if (damaged > 1) return route.continue();
    // The store answers as it does when a body does not match its signed checksum.
    const body = Buffer.alloc(8 * 1024 * 1024, 1);
    return route.continue({ postData: body });
  });
  await slowLine(page, 300);
  await choose(page, path);
  await uploadCard(page, path).getByText('a damaged piece was sent again').waitFor({ timeout: 30_000 });
  await arrivedCard(page, 'noisy line').waitFor({ timeout: 60_000 });
  expect(damaged).toBeGreaterThan(1);
});

it('never says 100 per cent before the server has confirmed', async () => {
  const { page } = await device();
  await join(page);
  const path = await longClip('almost_there.mp4', 20);
  await page.route(/\/v1\/uploads\/\w+\/complete$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await choose(page, path);
  const card = uploadCard(page, path);
  await card.getByText('All sent. Waiting for the confirmation').waitFor();
  expect(await percentOf(card)).toBe(99);
  await arrivedCard(page, 'almost there').waitFor();
});
