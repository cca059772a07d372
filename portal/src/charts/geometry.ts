import { nice, ticks } from 'd3-array';

/** Where a chart's plot lies within its picture, and how values become places. The y axis begins at 0, always. */
export interface Plot {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** The middle of a point's place. */
  x: (index: number) => number;
  /** The width of a point's place. */
  step: number;
  y: (value: number) => number;
  /** The values at which a line helps the eye. */
  ticks: number[];
}

const margin = { left: 44, top: 18, bottom: 22 };
const wantedTicks = 3;

export function plotOf({ width, height, count, values, rightMargin, wholes }: {
  width: number;
  height: number;
  /** How many points stand side by side. */
  count: number;
  values: readonly (number | undefined)[];
  /** Room for what stands at the ends of lines. */
  rightMargin: number;
  /** Whether only whole numbers make sense: there is no half view. */
  wholes: boolean;
}): Plot {
  const highest = Math.max(0, ...values.filter((value) => value !== undefined));
  const top = highest === 0 ? 1 : nice(0, highest, wantedTicks)[1];
  const [left, right, bottom] = [margin.left, Math.max(margin.left + 1, width - rightMargin), height - margin.bottom];
  const step = (right - left) / Math.max(1, count);
  return {
    width, height, left, right, top: margin.top, bottom, step,
    x: (index) => left + step * (index + 0.5),
    y: (value) => bottom - (value / top) * (bottom - margin.top),
    ticks: ticks(0, top, wantedTicks).filter((tick) => !wholes || Number.isInteger(tick)),
  };
}

/** How wide a text of a chart is at most, as far as it can be said without drawing it. */
export const widthOf = (text: string): number => text.length * 7.5;

/** The points whose names stand below the axis: evenly spread, as many as fit, the last one always. */
export function namedPoints(names: readonly string[], plotWidth: number): number[] {
  const count = names.length;
  const fit = Math.max(1, Math.floor(plotWidth / (Math.max(0, ...names.map(widthOf)) + 16)));
  const every = Math.max(1, Math.ceil(count / fit));
  return Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % every === 0);
}

/** The point nearest to a place across the picture. */
export const pointAt = (across: number, { left, step }: Plot, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor((across - left) / step)));

/** Where the words above bands end, so that none covers the one to its right: each over the middle of its band, or as near as that allows. */
export function wordEnds(bands: readonly { middle: number; word: string }[], right: number): number[] {
  let free = right;
  return bands.toReversed().map(({ middle, word }) => {
    const end = Math.min(free, middle + widthOf(word) / 2);
    free = end - widthOf(word) - 6;
    return end;
  }).reverse();
}

/** Heights for labels so that none covers another: each as near to where it belongs as the one above allows. */
export function apart(heights: readonly number[], gap: number, lowest: number): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((one, other) => one.height - other.height);
  let least = -Infinity;
  for (const label of order) {
    label.height = Math.max(label.height, least);
    least = label.height + gap;
  }
  let most = lowest;
  for (const label of order.toReversed()) {
    label.height = Math.min(label.height, most);
    most = label.height - gap;
  }
  return order.sort((one, other) => one.index - other.index).map(({ height }) => height);
}
