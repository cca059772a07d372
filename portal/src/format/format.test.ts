import { describe, expect, it } from 'vitest';
import { machineTime, mediaLength, timeLeft } from './durations';
import { bytes, compact, counted, percent } from './sizes';
import { moment, relative } from './times';

describe('sizes', () => {
  it('reads as people write them', () => {
    expect([0, 1, 999, 1000, 4_240_000, 12e9, 999_600, 5e12].map(bytes)).toEqual([
      '0 bytes', '1 byte', '999 bytes', '1 kB', '4.2 MB', '12 GB', '1 MB', '5 TB',
    ]);
  });

  it('never says 100 per cent before the last byte', () => {
    expect(percent(999_999, 1_000_000)).toBe(99);
    expect(percent(1_000_000, 1_000_000)).toBe(100);
    expect(percent(0, 0)).toBe(0);
  });

  it('shortens counts on cards and says them exactly elsewhere', () => {
    expect(compact(12_400)).toBe('12.4K');
    expect(counted(12_480, 'job')).toBe('12,480 jobs');
    expect(counted(1, 'job')).toBe('1 job');
  });
});

describe('durations', () => {
  it('shows the length of a work as a player does', () => {
    expect([9, 62, 3723].map(mediaLength)).toEqual(['0:09', '1:02', '1:02:03']);
  });

  it('shows machine time with its unit', () => {
    expect([850, 4200, 185_000, 7_440_000, 266_400_000].map(machineTime)).toEqual([
      '850 ms', '4.2 s', '3 min 5 s', '2 h 4 min', '3 d 2 h',
    ]);
  });

  it('rounds what is left up, so that it is not late', () => {
    expect([3, 31, 170, 3900].map(timeLeft)).toEqual(['a few seconds', '40 s', '3 min', '1 h 5 min']);
  });
});

describe('moments', () => {
  const at = '2026-11-22T13:05:00Z';

  it('name their zone', () => {
    expect(moment(at, 'Europe/Berlin')).toBe('22 Nov 2026, 14:05 CET');
    expect(moment(at, 'UTC')).toBe('22 Nov 2026, 13:05 UTC');
  });

  it('are relative under 24 hours and dated after', () => {
    const now = new Date('2026-11-22T14:05:00Z');
    expect(relative(at, 'UTC', now)).toBe('1 h ago');
    expect(relative('2026-11-22T14:10:00Z', 'UTC', now)).toBe('in 5 min');
    expect(relative('2026-11-20T13:05:00Z', 'UTC', now)).toBe('20 Nov, 13:05');
    expect(relative('2025-11-20T13:05:00Z', 'UTC', now)).toBe('20 Nov 2025, 13:05');
  });
});
