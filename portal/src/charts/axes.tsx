import { compact } from '@/format/sizes';
import { namedPoints, widthOf, wordEnds, type Plot } from './geometry';
import type { Band, Chart } from './series';

const textStyle = { fontSize: 12, fill: 'var(--ink-neutral)' } as const;

/** Lines at round values with their numbers, and the names of some points. */
export function Axes({ plot, chart: { points, format, formatTick = compact } }: { plot: Plot; chart: Chart }) {
  return (
    <>
      {plot.ticks.map((tick) => (
        <g key={tick}>
          <line x1={plot.left} x2={plot.right} y1={plot.y(tick)} y2={plot.y(tick)} stroke={tick === 0 ? 'var(--ink-neutral)' : 'var(--line)'} />
          <text x={plot.left - 6} y={plot.y(tick) + 4} textAnchor="end" {...textStyle}>{tick < 1 && tick > 0 ? format(tick) : formatTick(tick)}</text>
        </g>
      ))}
      {namedPoints(points.map(({ label }) => label), plot.right - plot.left).map((index) => (
        <text key={index} x={plot.x(index)} y={plot.bottom + 16} textAnchor={anchorOf(points[index]?.label ?? '', plot.x(index), plot.width)} {...textStyle}>{points[index]?.label}</text>
      ))}
    </>
  );
}

/** In the middle of its point, unless it would leave the picture. */
const anchorOf = (label: string, x: number, width: number): 'middle' | 'end' => (x + widthOf(label) / 2 > width ? 'end' : 'middle');

/** The hatching of what is not final; charts have it under an id of their own. */
export function Hatching({ id, ink = 'var(--ink-neutral)' }: { id: string; ink?: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="1.5" height="6" fill={ink} />
      </pattern>
    </defs>
  );
}

/** Days that are still counted, late or recounted: hatched, and a word above them. */
export function Bands({ bands, plot, hatching }: { bands: readonly Band[]; plot: Plot; hatching: string }) {
  const ends = wordEnds(bands.map(({ from, to, word }) => ({ middle: (plot.x(from) + plot.x(to)) / 2, word })), plot.right);
  return bands.map(({ from, to, word }, index) => {
    const [start, end] = [plot.x(from) - plot.step / 2, plot.x(to) + plot.step / 2];
    return (
      <g key={`${from} ${word}`}>
        <rect x={start} y={plot.top} width={end - start} height={plot.bottom - plot.top} fill={`url(#${hatching})`} opacity={0.7} />
        <text x={ends[index]} y={plot.top - 6} textAnchor="end" {...textStyle} fontWeight={600}>{word}</text>
      </g>
    );
  });
}
