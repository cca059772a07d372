import type { Freshness, OpsAnalytics, RejectedCount } from '@/client';
import { machineTime } from '@/format/durations';
import type { Stated } from '@/words/stated';

type Look = Pick<Stated, 'word' | 'role' | 'icon'>;

/** Where the count of a day stands. */
export const dayWords: Record<OpsAnalytics['days'][number]['state'], Look> = {
  open: { word: 'Open', role: 'neutral', icon: 'clock' },
  counting: { word: 'Counting', role: 'progress', icon: 'play' },
  counted: { word: 'Counted', role: 'good', icon: 'check' },
  late: { word: 'Late', role: 'bad', icon: 'octagon' },
  correcting: { word: 'Recounting', role: 'progress', icon: 'refresh' },
};

/** Whether a line to another server stands. */
export const lineWords: Record<OpsAnalytics['stream']['state'], Look> = {
  off: { word: 'Off', role: 'neutral', icon: 'x' },
  up: { word: 'Up', role: 'good', icon: 'check' },
  down: { word: 'Down', role: 'bad', icon: 'octagon' },
};

/** How long ago the last complete day ended, in words. */
export const lagSentence = ({ lag_seconds: lag, complete_through: complete }: Freshness): string =>
  complete ? `The last complete day ended ${machineTime(lag * 1000)} ago.` : 'No day is complete yet.';

/** Rejected events of the last days by code, the most first, both ways of coming in added up. */
export function byCode(rejected: readonly RejectedCount[]): { code: string; http: number; stream: number; total: number }[] {
  const codes = new Map<string, { http: number; stream: number }>();
  for (const { code, origin, count } of rejected) {
    const known = codes.get(code) ?? { http: 0, stream: 0 };
    codes.set(code, { ...known, [origin]: known[origin] + count });
  }
  return [...codes].map(([code, counts]) => ({ code, ...counts, total: counts.http + counts.stream }))
    .sort((one, other) => other.total - one.total || one.code.localeCompare(other.code));
}
