import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type HlsPlayer from 'hls.js';

/** How one rendition played. */
export interface Played {
  level: number;
  /** Length that the browser found, in seconds. */
  seconds: number;
  /** Pixels across and down; 0 for sound alone. */
  size: [number, number];
  /** Pictures that the browser decoded. */
  pictures: number;
  /** Bytes of sound that the browser decoded. */
  sound: number;
}

/** Plays each rendition of a playlist by itself, its beginning and its end, with the library that the portal plays with. */
export async function playEveryRendition(page: Page, playlist: string): Promise<Played[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'), 'utf8'));
  return page.evaluate(async (address) => {
    const Hls = (globalThis as unknown as { Hls: typeof HlsPlayer }).Hls;
    const happens = (element: EventTarget, event: string) => new Promise((resolve) => { element.addEventListener(event, resolve, { once: true }); });

    async function play(level: number): Promise<{ played: Played; levels: number }> {
      const video = document.createElement('video');
      video.muted = true;
      const hls = new Hls({ enableWorker: false, startLevel: level });
      const failed = new Promise<never>((_, reject) => {
        hls.on(Hls.Events.ERROR, (_event, { fatal, details }) => { if (fatal) reject(new Error(`rendition ${level}: ${details}`)); });
      });
      hls.on(Hls.Events.MANIFEST_PARSED, () => { hls.loadLevel = level; });
      const used = new Set<number>();
      hls.on(Hls.Events.FRAG_BUFFERED, (_event, { frag }) => used.add(frag.level));
      hls.loadSource(address);
      hls.attachMedia(video);

      const wholly = async () => {
        await happens(video, 'loadedmetadata');
        await video.play();
        while (video.currentTime < 0.4) await happens(video, 'timeupdate');
        video.currentTime = video.duration - 0.4;
        await happens(video, 'ended');
      };
      await Promise.race([wholly(), failed]);
      const decoded = video as HTMLVideoElement & { webkitAudioDecodedByteCount: number };
      const played = {
        level: used.size === 1 ? [...used][0]! : -1,
        seconds: video.duration,
        size: [video.videoWidth, video.videoHeight] as [number, number],
        pictures: video.getVideoPlaybackQuality().totalVideoFrames,
        sound: decoded.webkitAudioDecodedByteCount,
      };
      const levels = hls.levels.length;
      hls.destroy();
      return { played, levels };
    }

    const first = await play(0);
    const all = [first.played];
    for (let level = 1; level < first.levels; level += 1) all.push((await play(level)).played);
    return all;
  }, playlist);
}
