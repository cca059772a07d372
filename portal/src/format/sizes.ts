const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in words, decimal units: `62 bytes`, `4.2 MB`, `12 GB`. */
export function bytes(count: number): string {
  if (count < 1000) return count === 1 ? '1 byte' : `${Math.max(0, Math.round(count))} bytes`;
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? trimmed(value) : String(Math.round(value))} ${units[unit] ?? ''}`;
}

/** A rate in words: `4.2 MB/s`. */
export const rate = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;

/** A whole per cent that never says 100 before the whole has arrived. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99, Math.max(0, Math.floor((part / whole) * 100)));
}

const trimmed = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** `12.4K` for cards; tables show the exact count. */
export function compact(count: number): string {
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** `12,480` */
export const exact = (count: number): string => new Intl.NumberFormat('en').format(count);

/** `1 job`, `4 jobs`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${exact(count)} ${count === 1 ? one : many}`;
