import { describe, expect, it } from 'vitest';
import { csvOf, fileNameOf } from './csv';
import { apart, namedPoints, plotOf, pointAt, wordEnds } from './geometry';
import { readingOf, rowsOf, summaryOf, type Chart } from './series';
import { nextPoint } from './walk';

const point = (key: string) => ({ key, label: key, name: `day ${key}` });
const chart: Chart = {
  title: 'Views per day', pointName: 'Day', format: String, wholes: true,
  points: ['a', 'b', 'c', 'd'].map(point),
  lines: [
    { name: 'Views', end: 'Now', values: [4, undefined, 6, undefined] },
    { name: '3 days before', end: 'Before', isBeside: true, values: [1, 2, 3] },
  ],
  bands: [{ from: 2, to: 2, word: 'Recounting' }, { from: 3, to: 3, word: 'Counting' }],
};

const plot = (values: (number | undefined)[], wholes = true) => plotOf({ width: 300, height: 140, count: values.length, values, rightMargin: 56, wholes });

describe('the plot of a chart', () => {
  it('begins at 0 and ends at a round value above the highest', () => {
    const { y, ticks, bottom, top } = plot([3, 609, 80]);
    expect(y(0)).toBe(bottom);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(609);
    expect(y(ticks.at(-1) ?? 0)).toBe(top);
  });

  it('has no half view, and stands when nothing happened', () => {
    expect(plot([1, 0, 1]).ticks.every(Number.isInteger)).toBe(true);
    expect(plot([0.2, 0.4], false).ticks.length).toBeGreaterThan(1);
    const empty = plot([undefined, undefined]);
    expect(empty.y(0)).toBe(empty.bottom);
    expect(empty.ticks).toEqual([0, 1]);
  });

  it('finds the point under the pointer, and the nearest outside of it', () => {
    const drawn = plot([1, 2, 3, 4]);
    expect([0, 1, 2, 3].map((index) => pointAt(drawn.x(index), drawn, 4))).toEqual([0, 1, 2, 3]);
    expect([pointAt(-50, drawn, 4), pointAt(900, drawn, 4)]).toEqual([0, 3]);
  });

  it('names as many points as there is room for, and the last one always', () => {
    const names = Array.from({ length: 28 }, () => '22 Nov');
    expect(namedPoints(names, 10_000)).toHaveLength(28);
    const few = namedPoints(names, 200);
    expect(few.length).toBeLessThanOrEqual(3);
    expect(few.at(-1)).toBe(27);
    expect(namedPoints([], 200)).toEqual([]);
  });

  it('keeps labels from covering each other', () => {
    expect(apart([50, 52], 14, 100)).toEqual([50, 64]);
    expect(apart([52, 50], 14, 100)).toEqual([64, 50]);
    expect(apart([100, 100], 14, 100)).toEqual([86, 100]);
    const [first = 0, last = 0] = wordEnds([{ middle: 280, word: 'Late' }, { middle: 290, word: 'Counting' }], 300);
    expect(last).toBeLessThanOrEqual(300);
    expect(first).toBeLessThanOrEqual(last - 8 * 7.5);
  });
});

describe('what a chart says', () => {
  it('reads a point with what it is compared to, and whether it is final', () => {
    expect([0, 1, 2, 3].map((index) => readingOf(chart, index))).toEqual([
      'day a: 4. 3 days before: 1.', 'day b: no figure. 3 days before: 2.', 'day c: 6 (recounting). 3 days before: 3.', 'day d: counting. 3 days before: no figure.',
    ]);
    expect(readingOf(chart, 9)).toBe('');
  });

  it('says its highest value before a point is chosen, and tells nothing from not yet', () => {
    expect(summaryOf(chart)).toBe('Highest: 6, day c.');
    expect(summaryOf({ ...chart, lines: [{ name: 'Views', end: '', values: [0, 0] }] })).toBe('Nothing in these days.');
    expect(summaryOf({ ...chart, lines: [{ name: 'Views', end: '', values: [undefined] }] })).toBe('No figures yet.');
  });

  it('is the same as a table: missing is a dash, never a 0', () => {
    expect(rowsOf(chart)).toEqual({
      head: ['Day', 'Views', '3 days before'],
      rows: [['day a', '4', '1'], ['day b', '–', '2'], ['day c', '6 (recounting)', '3'], ['day d', 'Counting', '–']],
    });
  });

  it('is the same as CSV: plain numbers, nothing where there is no figure', () => {
    expect(csvOf(chart)).toBe('Day,Views,3 days before\r\na,4,1\r\nb,,2\r\nc,6,3\r\nd,,\r\n');
    expect(csvOf({ ...chart, lines: [{ name: 'Views, "all"', end: '', values: [] }], points: [] })).toBe('Day,"Views, ""all"""\r\n');
    expect(fileNameOf({ title: 'Still watching, share of views' })).toBe('still-watching-share-of-views.csv');
  });
});

describe('the keys of a chart', () => {
  it('walk it point by point and stop at its ends', () => {
    expect(nextPoint('ArrowRight', undefined, 4)).toBe(0);
    expect(nextPoint('ArrowLeft', undefined, 4)).toBe(3);
    expect(nextPoint('ArrowRight', 3, 4)).toBe(3);
    expect(nextPoint('ArrowLeft', 0, 4)).toBe(0);
  });

  it('pass a week, and go to the ends', () => {
    expect(nextPoint('PageDown', 3, 28)).toBe(10);
    expect(nextPoint('PageUp', 3, 28)).toBe(0);
    expect([nextPoint('Home', 9, 28), nextPoint('End', 9, 28)]).toEqual([0, 27]);
  });

  it('leave all other keys alone, and a chart without points', () => {
    expect(nextPoint('Tab', 1, 4)).toBeUndefined();
    expect(nextPoint('ArrowRight', undefined, 0)).toBeUndefined();
  });
});
