import type { Content } from '@/client';
import { sendingOf } from '@/uploading/sendings';
import { contentStated } from '@/words/content-words';
import type { Stated } from '@/words/stated';
import { percent } from '@/format/sizes';

/** What a work's row says. While its file is still being sent, this page may know more than the server. */
export function workStated(work: Content, zone: string): Stated {
  const sending = work.upload_id ? sendingOf(work.upload_id) : undefined;
  const saved = sending?.savedBytes ?? 0;
  return contentStated(work.state, {
    fileName: work.file_name,
    savedPercent: work.state === 'uploading'
      ? Math.min(99, Math.max(Math.floor(work.progress?.percent ?? 0), percent(saved, work.size_bytes)))
      : undefined,
    readyPercent: work.state === 'transcoding' && work.progress?.percent !== undefined ? Math.min(99, Math.floor(work.progress.percent)) : undefined,
    secondsLeft: work.state === 'uploading' ? sending?.secondsLeft : undefined,
    restoreUntil: work.restore_until ?? undefined,
    failure: work.failure ?? undefined,
    zone,
  });
}

export const isGettingReady = ({ state }: Pick<Content, 'state'>): boolean => state === 'checking' || state === 'transcoding';
export const isPlayable = ({ state }: Pick<Content, 'state'>): boolean => state === 'private' || state === 'public' || state === 'scheduled';

/** Why a work cannot be made public now; undefined when it can. */
export function whyNotPublic(work: Pick<Content, 'state'>): string | undefined {
  switch (work.state) {
    case 'uploading': return 'It can be public when the whole file has arrived.';
    case 'checking': case 'transcoding': return 'It is getting ready. You can make it public right after.';
    case 'failed': case 'refused': return 'There is nothing to show yet: see what it needs first.';
    case 'expired': return 'Its upload expired. Upload it again.';
    case 'deleted': return 'Restore it first.';
    default: return undefined;
  }
}
