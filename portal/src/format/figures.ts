import { compact, exact } from './sizes';

/** `1,234.5`: minutes as tables show them. */
export const minutes = (count: number): string => new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(count);

/** `64%`; small shares keep a digit. */
export const share = (ratio: number): string => `${new Intl.NumberFormat('en', { maximumFractionDigits: ratio < 0.1 ? 1 : 0 }).format(ratio * 100)}%`;

/** How a figure stands against the one of as many days before. */
export interface Change {
  direction: 'up' | 'down' | 'same' | 'new';
  /** `12%`, or words where a share says nothing. */
  short: string;
  /** `12% more than in the 28 days before (644)` */
  sentence: string;
}

/** Compares two figures of equally many days. A share of nothing is none: then the words say so. */
export function change(now: number, before: number, days: number): Change {
  const against = `in the ${days} days before`;
  if (before === 0) {
    return now === 0
      ? { direction: 'same', short: 'as before', sentence: `None ${against} either` }
      : { direction: 'new', short: 'none before', sentence: `None ${against}` };
  }
  const ratio = now / before - 1;
  const size = Math.abs(ratio);
  if (size < 0.005) return { direction: 'same', short: 'as before', sentence: `As many as ${against} (${exact(round(before))})` };
  const word = ratio > 0 ? 'more' : 'less';
  const text = size >= 10 ? `${compact(now / before)} times` : share(size);
  return {
    direction: ratio > 0 ? 'up' : 'down',
    short: text,
    sentence: `${text} ${size >= 10 ? 'as much as' : `${word} than`} ${against} (${exact(round(before))})`,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
