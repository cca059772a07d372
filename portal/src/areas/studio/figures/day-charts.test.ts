import { describe, expect, it } from 'vitest';
import { freshness, late, overview } from '@/testing/figures';
import { bandsOf, dayChart } from './day-charts';

const today = '2026-11-22';

describe('a figure day by day', () => {
  it('shows the days of the range and, hatched, the one that is still being counted', () => {
    const { points, lines, bands } = dayChart('views', overview(), today);
    expect([points[0]?.key, points.at(-1)?.key, points.length]).toEqual(['2026-10-25', today, 29]);
    expect([lines[0]?.values[0], lines[0]?.values[27], lines[0]?.values[28]]).toEqual([100, 127, undefined]);
    expect(bands).toEqual([{ from: 28, to: 28, word: 'Counting' }]);
  });

  it('compares the first day with the first of as many before, complete days alone', () => {
    const { lines } = dayChart('views', overview(), today);
    expect(lines[1]).toMatchObject({ name: '28 days before', isBeside: true });
    expect([lines[1]?.values[0], lines[1]?.values[27], lines[1]?.values[28]]).toEqual([80, 107, undefined]);
    expect(dayChart('views', overview({ previous: undefined as never }), today).lines).toHaveLength(1);
  });

  it('leaves a gap where a day has no figure, and knows a 0 from that', () => {
    const { daily_stats: stats, ...rest } = overview();
    const chart = dayChart('likes', { ...rest, daily_stats: stats.filter(({ date }) => date !== '2026-10-26') }, today);
    expect(chart.lines[0]?.values.slice(0, 3)).toEqual([0, undefined, 2]);
  });

  it('shows nothing behind a range that ended before', () => {
    const { points, bands } = dayChart('watch_time', overview({ from: '2026-09-01', to: '2026-09-07' }), today);
    expect(points).toHaveLength(7);
    expect(bands).toEqual([]);
  });

  it('tells late days from the one that goes on, and recounted ones', () => {
    const days = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];
    expect(bandsOf(late(), days, today)).toEqual([{ from: 2, to: 2, word: 'Late' }, { from: 3, to: 3, word: 'Counting' }]);
    expect(bandsOf(freshness({ correcting: ['2026-11-19', '2026-11-20'] }), days, today)).toEqual([{ from: 0, to: 1, word: 'Recounting' }, { from: 3, to: 3, word: 'Counting' }]);
  });
});
