import { basename, parse } from 'node:path';
import type { Page } from '@playwright/test';
import { everyKindOfClip, type MadeClip } from '../every-kind.ts';
import { join } from '../people.ts';
import { playEveryRendition } from '../playing.ts';
import { expect, test } from '../portal.ts';
import { arrivedCard, upload } from '../uploads.ts';

/** As far as a shown or played length may be from the file's. */
const mostSecondsOff = 0.1;

const titleOf = (path: string) => parse(path).name.replaceAll('-', ' ');
const shownLength = (seconds: number) => `0:${String(Math.round(seconds)).padStart(2, '0')}`;

test('eight kinds of clip, chosen at once, are published with their right length, and every rendition plays', async ({ page }) => {
  test.setTimeout(180_000); // Eight clips are transcoded into all their renditions.
  const clips = await everyKindOfClip();
  await join(page);
  await test.step('all are published', async () => {
    await upload(page, clips.map(({ path }) => path));
    for (const { path } of clips) {
      await expect(arrivedCard(page, titleOf(path)).getByText('Only you see it'), basename(path)).toBeVisible({ timeout: 120_000 });
    }
  });
  for (const clip of clips) await test.step(`${basename(clip.path)} plays`, () => expectToPlay(page, clip));
});

/** Opens a work from the library, and plays each of its renditions. */
async function expectToPlay(page: Page, clip: MadeClip): Promise<void> {
  const title = titleOf(clip.path);
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/playback') && answer.ok());
  await page.goto('/studio/library');
  await page.getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('definition').filter({ hasText: shownLength(clip.seconds) })).toBeVisible();

  const { hls_url: playlist } = (await (await answered).json()) as { hls_url: string };
  const renditions = await playEveryRendition(page, new URL(playlist, page.url()).href);
  expect(renditions.map(({ level }) => level), `the renditions of ${title}`).toEqual(renditions.map((_, index) => index));
  for (const { seconds, size, pictures, sound } of renditions) {
    expect(Math.abs(seconds - clip.seconds), `${title} plays ${seconds} s of ${clip.seconds} s`).toBeLessThanOrEqual(mostSecondsOff);
    expect(sound > 0, `${title} has sound`).toBe(clip.has_audio);
    expect(pictures > 0, `${title} has pictures`).toBe(clip.kind === 'video');
    if (clip.size) expect(size[0] > size[1], `${title} lies as it was filmed`).toBe(clip.size[0] > clip.size[1]);
  }
}
