import { describe, expect, it } from 'vitest';
import { addDays, countDays, daysBetween, eachDay, fullDay, isDay, monthOf, shortDay, todayOf, weekDay } from './days';
import { change, minutes, share } from './figures';

describe('days of analytics', () => {
  it('are written as people read them, whatever the zone of this machine', () => {
    expect([shortDay('2026-11-02'), fullDay('2026-11-22'), weekDay('2026-11-22'), monthOf('2026-09')]).toEqual(['2 Nov', '22 Nov 2026', 'Sun 22 Nov 2026', 'Sep 2026']);
    expect(daysBetween('2026-10-25', '2026-11-21')).toBe('25 Oct to 21 Nov 2026');
    expect(daysBetween('2025-12-25', '2026-01-21')).toBe('25 Dec 2025 to 21 Jan 2026');
    expect(daysBetween('2026-11-21', '2026-11-21')).toBe('21 Nov 2026');
  });

  it('are counted over the ends of months and summer time', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-03-29', -1)).toBe('2026-03-28');
    expect(countDays('2026-10-24', '2026-10-26')).toBe(3);
    expect(eachDay('2026-10-30', '2026-11-01')).toEqual(['2026-10-30', '2026-10-31', '2026-11-01']);
    expect(eachDay('2026-11-02', '2026-11-01')).toEqual([]);
    expect(todayOf(new Date('2026-11-22T23:59:59Z'))).toBe('2026-11-22');
  });

  it('are days, or nothing', () => {
    expect(['2026-02-28', '2026-02-30', '2026-2-3', 'today', 20261122, undefined].map(isDay)).toEqual([true, false, false, false, false, false]);
  });
});

describe('figures', () => {
  it('are exact in tables and shares are short', () => {
    expect([0, 1234.5, 12].map(minutes)).toEqual(['0', '1,234.5', '12']);
    expect([0.642, 0.012, 1, 1.05].map(share)).toEqual(['64%', '1.2%', '100%', '105%']);
  });

  it('stand against the days before, in words that say what is compared', () => {
    expect(change(112, 100, 28)).toEqual({ direction: 'up', short: '12%', sentence: '12% more than in the 28 days before (100)' });
    expect(change(88, 100, 7)).toEqual({ direction: 'down', short: '12%', sentence: '12% less than in the 7 days before (100)' });
    expect(change(100, 100, 28)).toMatchObject({ direction: 'same', sentence: 'As many as in the 28 days before (100)' });
    expect(change(5000, 100, 28)).toMatchObject({ direction: 'up', short: '50 times' });
  });

  it('never make a share of nothing', () => {
    expect(change(12, 0, 28)).toEqual({ direction: 'new', short: 'none before', sentence: 'None in the 28 days before' });
    expect(change(0, 0, 28)).toMatchObject({ direction: 'same', sentence: 'None in the 28 days before either' });
  });
});
