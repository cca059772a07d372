import { addDays, countDays, isDay } from '@/format/days';

/** What analytics shows, as its address says it. A range is either so many days up to the last complete one, or two days. */
export interface AnalyticsSearch {
  show?: Section | undefined;
  range?: 7 | 90 | 365 | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Only this work. */
  content?: string | undefined;
  compare?: false | undefined;
  /** By what works are ordered; views without it. */
  by?: 'watch_time' | 'likes' | undefined;
}

export const sections = ['works', 'audience', 'retention', 'realtime', 'exports'] as const;
export type Section = (typeof sections)[number];

/** 28 days are shown without being asked for, so no address says so. */
export const usualRange = 28;
export const ranges = [7, usualRange, 90, 365] as const;
export const longestRange = 400;

const oneOf = <T>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);

/** Reads an address. What it does not know it drops; days win over a range, and only both of them are some. */
export function parseAnalyticsSearch(search: Record<string, unknown>): AnalyticsSearch {
  const hasDays = isDay(search.from) && isDay(search.to);
  const parsed: AnalyticsSearch = {
    show: oneOf(search.show, sections),
    range: hasDays ? undefined : oneOf(search.range, [7, 90, 365] as const),
    from: hasDays ? (search.from as string) : undefined,
    to: hasDays ? (search.to as string) : undefined,
    content: typeof search.content === 'string' && /^cnt_[0-9a-f]{32}$/.test(search.content) ? search.content : undefined,
    compare: search.compare === false || search.compare === 'false' ? false : undefined,
    by: oneOf(search.by, ['watch_time', 'likes'] as const),
  };
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

export interface Days {
  from: string;
  to: string;
}

/** The days that are asked for. Up to the last complete one, once that is known; what the usual answer covers until then. */
export function daysOf({ range, from, to }: AnalyticsSearch, usual: Days, completeThrough: string | undefined): Days {
  if (from && to) return { from, to };
  if (range && completeThrough) return { from: addDays(completeThrough, 1 - range), to: completeThrough };
  return { from: usual.from, to: usual.to };
}

/** Why two days are no range; undefined when they are one. */
export function whyNoRange(from: string, to: string, today: string): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Choose both days.';
  if (from > to) return 'The first day is after the last.';
  if (to > today) return 'The last day has not come yet.';
  if (countDays(from, to) > longestRange) return `At most ${longestRange} days.`;
  return undefined;
}
