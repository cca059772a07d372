import type { Firing, JobState, ScheduleRow } from '@/client';
import { counted } from '@/format/sizes';
import { moment, relative } from '@/format/times';
import { jobWords } from '@/words/job-words';
import type { Stated } from '@/words/stated';

type Look = Pick<Stated, 'word' | 'role' | 'icon'>;

/** Why a schedule fired, or why a tick came to nothing. */
export const firingWords: Record<Firing['kind'], Look> = {
  tick: { word: 'On time', role: 'good', icon: 'check' },
  made_up: { word: 'Made up', role: 'warn', icon: 'refresh' },
  by_hand: { word: 'By hand', role: 'neutral', icon: 'hand' },
  skipped: { word: 'Skipped', role: 'warn', icon: 'x' },
};

/** What becomes of ticks that nobody was there for. */
export const missedWords: Record<ScheduleRow['missed'], string> = {
  skip: 'Missed ticks are left out.', once: 'Missed ticks are made up by one firing.', all: 'Every missed tick is made up.',
};

/** Whether a schedule does what it is for. */
export function scheduleLook({ paused, missed_recently: missed }: Pick<ScheduleRow, 'paused' | 'missed_recently'>): Look {
  if (paused) return { word: 'Held', role: 'hold', icon: 'pause' };
  if (missed > 0) return { word: `Missed ${missed}`, role: 'warn', icon: 'alert' };
  return { word: 'On time', role: 'good', icon: 'check' };
}

/** Where the job of a firing stands; a state that this page does not know is shown as it came. */
export const jobLook = (state: string): Look =>
  state in jobWords ? jobWords[state as JobState] : { word: state, role: 'neutral', icon: 'clock' };

/** The held first, then those that missed something, then by name. */
export const troubledFirst = <T extends Pick<ScheduleRow, 'name' | 'paused' | 'missed_recently'>>(schedules: readonly T[]): T[] =>
  schedules.toSorted((one, other) =>
    Number(other.paused) - Number(one.paused) || other.missed_recently - one.missed_recently || one.name.localeCompare(other.name));

type Told = Pick<ScheduleRow, 'paused' | 'paused_at' | 'paused_by' | 'pause_reason' | 'next_at' | 'last' | 'missed_recently'>;

/** Did it fire, and when will it next? In a sentence or three. */
export function scheduleSentence(schedule: Told, zone: string, now: Date): string {
  return [heldOrNext(schedule, zone, now), lastOf(schedule.last, zone, now), missedOf(schedule.missed_recently)].filter(Boolean).join(' ');
}

export function heldSentence({ paused_at: at, paused_by: by, pause_reason: reason }: Told, zone: string, now: Date): string {
  return `Held${by ? ` by ${by}` : ''}${at ? `, ${relative(at, zone, now)}` : ''}${reason ? `: ${reason.replace(/[.\s]+$/, '')}` : ''}.`;
}

function heldOrNext(schedule: Told, zone: string, now: Date): string {
  if (schedule.paused) return `${heldSentence(schedule, zone, now)} It does not fire by itself.`;
  return schedule.next_at ? `It fires next ${moment(schedule.next_at, zone)}.` : 'It will not fire again.';
}

function lastOf(last: Firing | undefined, zone: string, now: Date): string {
  if (!last) return 'It has not fired yet.';
  const when = relative(last.fired_at, zone, now);
  switch (last.kind) {
    case 'tick': return `It last fired on time, ${when}.`;
    case 'made_up': return `It last made up a missed tick, ${when}.`;
    case 'by_hand': return `It was last triggered${last.by ? ` by ${last.by}` : ' by hand'}, ${when}.`;
    case 'skipped': return `Its last tick was skipped, ${when}.`;
  }
}

const missedOf = (missed: number): string => (missed === 0 ? '' : `${counted(missed, 'tick was', 'ticks were')} missed recently.`);
