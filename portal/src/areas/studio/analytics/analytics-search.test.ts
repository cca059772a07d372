import { describe, expect, it } from 'vitest';
import { daysOf, parseAnalyticsSearch, whyNoRange } from './analytics-search';

const content = `cnt_${'0'.repeat(32)}`;

describe('the address of analytics', () => {
  it('holds the view, and drops what it does not know', () => {
    expect(parseAnalyticsSearch({ show: 'works', range: 90, by: 'likes', content, compare: false, page: 2 })).toEqual({ show: 'works', range: 90, by: 'likes', content, compare: false });
    expect(parseAnalyticsSearch({ show: 'money', range: 28, by: 'views', content: 'cnt_1', compare: true })).toEqual({});
  });

  it('takes two days, both or none, over a range', () => {
    expect(parseAnalyticsSearch({ from: '2026-11-01', to: '2026-11-07', range: 7 })).toEqual({ from: '2026-11-01', to: '2026-11-07' });
    expect(parseAnalyticsSearch({ from: '2026-11-01', range: 7 })).toEqual({ range: 7 });
    expect(parseAnalyticsSearch({ from: '2026-02-30', to: '2026-11-07' })).toEqual({});
  });
});

describe('the days of a range', () => {
  const usual = { from: '2026-10-25', to: '2026-11-21' };

  it('end with the last complete one', () => {
    expect(daysOf({ range: 7 }, usual, '2026-11-21')).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(daysOf({}, usual, '2026-11-21')).toEqual(usual);
    expect(daysOf({ range: 7 }, usual, undefined)).toEqual(usual);
  });

  it('are what somebody chose, if they chose', () => {
    expect(daysOf({ from: '2026-01-01', to: '2026-01-31' }, usual, '2026-11-21')).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });

  it('say why they are no range', () => {
    const why = (from: string, to: string) => whyNoRange(from, to, '2026-11-22');
    expect(why('2026-11-02', '2026-11-01')).toBe('The first day is after the last.');
    expect(why('2026-11-02', '2026-11-23')).toBe('The last day has not come yet.');
    expect(why('2025-10-01', '2026-11-22')).toBe('At most 400 days.');
    expect(why('', '2026-11-01')).toBe('Choose both days.');
    expect(why('2026-11-22', '2026-11-22')).toBeUndefined();
  });
});
