import type { ContentState } from '@/client';
import { timeLeft } from '@/format/durations';
import { clock, dayAndMonth } from '@/format/times';
import type { Stated } from './stated';

/** What a creator may see of a work: the server's states, and two that only this device knows. */
export type ShownState = ContentState | 'paused' | 'needs_file';

export interface ContentFacts {
  fileName: string;
  /** Whole per cent of the file that the server has. */
  savedPercent?: number | undefined;
  /** How far getting ready is, where that is known. */
  readyPercent?: number | undefined;
  secondsLeft?: number | undefined;
  scheduledFor?: string | undefined;
  restoreUntil?: string | undefined;
  /** The reason and the next step of a failure, as the server words them. */
  failure?: { sentence: string; what_to_do: string } | undefined;
  zone: string;
}

type Row = Pick<Stated, 'word' | 'role' | 'icon'> & { sentence: (facts: ContentFacts) => string };

const saved = (facts: ContentFacts) => `${facts.savedPercent ?? 0}%`;
const reasonAndStep = (facts: ContentFacts, otherwise: string) =>
  facts.failure ? `${facts.failure.sentence} ${facts.failure.what_to_do}` : otherwise;

/** The one table of a work's states. Creators never read job, queue, worker or transcode. */
export const contentWords: Record<ShownState, Row> = {
  uploading: {
    word: 'Uploading', role: 'progress', icon: 'upload',
    sentence: (facts) => facts.secondsLeft === undefined ? `${saved(facts)} sent` : `${saved(facts)} sent, ${timeLeft(facts.secondsLeft)} left`,
  },
  paused: { word: 'Paused', role: 'neutral', icon: 'pause', sentence: (facts) => `${saved(facts)} is saved` },
  needs_file: {
    word: 'Needs the file', role: 'warn', icon: 'file',
    sentence: (facts) => `${saved(facts)} saved. Choose ${facts.fileName} again`,
  },
  checking: { word: 'Checking', role: 'progress', icon: 'shield', sentence: () => 'File safe. You can close this' },
  transcoding: {
    word: 'Getting ready', role: 'progress', icon: 'film',
    sentence: (facts) => {
      if (facts.secondsLeft !== undefined) return `About ${timeLeft(facts.secondsLeft)}`;
      return facts.readyPercent === undefined ? 'File safe. You can close this' : `File safe, ${facts.readyPercent}% ready`;
    },
  },
  failed: {
    word: 'Needs you', role: 'bad', icon: 'alert',
    // The server's reason says that the original is safe.
    sentence: (facts) => reasonAndStep(facts, 'Original safe. Open it to see the reason'),
  },
  refused: {
    word: "Can't use file", role: 'bad', icon: 'file-x',
    sentence: (facts) => reasonAndStep(facts, 'Open it to see the reason'),
  },
  private: { word: 'Private', role: 'neutral', icon: 'lock', sentence: () => 'Only you see it' },
  scheduled: {
    word: 'Scheduled', role: 'hold', icon: 'calendar',
    sentence: (facts) => facts.scheduledFor
      ? `Public ${dayAndMonth(facts.scheduledFor, facts.zone)}, ${clock(facts.scheduledFor, facts.zone)} ${city(facts.zone)}`
      : 'Public later',
  },
  public: { word: 'Public', role: 'good', icon: 'globe', sentence: () => 'Everyone sees it' },
  expired: { word: 'Expired', role: 'neutral', icon: 'clock-x', sentence: () => 'Upload again' },
  deleted: {
    word: 'Deleted', role: 'neutral', icon: 'bin',
    sentence: (facts) => facts.restoreUntil ? `Restore until ${dayAndMonth(facts.restoreUntil, facts.zone)}` : 'Can be restored',
  },
};

const city = (zone: string): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;

export function contentStated(state: ShownState, facts: ContentFacts): Stated {
  const row = contentWords[state];
  return { word: row.word, role: row.role, icon: row.icon, sentence: row.sentence(facts) };
}
