import type { Upload } from '@/client';
import { percent } from '@/format/sizes';
import { contentStated, type ShownState } from '@/words/content-words';
import type { Stated } from '@/words/stated';
import type { Sending } from './sendings';

/** What an upload's card shows and allows. */
export interface UploadCard {
  stated: Stated;
  /** Whole per cent for the bar. Never 100 while the server has not confirmed. */
  percent: number;
  can: { pause: boolean; resume: boolean; chooseFile: boolean; cancel: boolean };
}

/** Puts together what the server says and what this page knows. `fileAtHand` is false when the file must be chosen again. */
export function uploadCard(upload: Upload, sending: Sending | undefined, fileAtHand: boolean, zone: string): UploadCard {
  const saved = Math.max(upload.received_bytes, sending?.savedBytes ?? 0);
  const shown = sending?.phase === 'sending' || sending?.phase === 'waiting' ? sending.sentBytes : saved;
  const state = shownState(sending, fileAtHand);
  const facts = {
    fileName: upload.file_name,
    savedPercent: Math.min(99, percent(state === 'uploading' ? shown : saved, upload.size_bytes)),
    secondsLeft: sending?.secondsLeft,
    zone,
  };
  const stated = contentStated(state, facts);
  return {
    stated: { ...stated, sentence: sentence(stated.sentence, sending, facts.savedPercent) },
    percent: facts.savedPercent,
    can: {
      pause: sending !== undefined && ['queued', 'sending', 'waiting'].includes(sending.phase),
      resume: fileAtHand && (sending === undefined || sending.phase === 'paused' || sending.phase === 'failed'),
      chooseFile: state === 'needs_file',
      cancel: sending?.phase !== 'finishing',
    },
  };
}

function shownState(sending: Sending | undefined, fileAtHand: boolean): ShownState {
  if (sending && sending.phase !== 'paused' && sending.phase !== 'failed') return 'uploading';
  return fileAtHand ? 'paused' : 'needs_file';
}

function sentence(usual: string, sending: Sending | undefined, savedPercent: number): string {
  switch (sending?.phase) {
    case 'queued': return 'Waits for its turn';
    case 'waiting': return `Connection lost. ${savedPercent}% is saved. It goes on when you're back`;
    case 'finishing': return 'All sent. Waiting for the confirmation';
    case 'elsewhere': return 'Goes on in another tab';
    default: return usual;
  }
}
