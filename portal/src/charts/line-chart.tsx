import { line as pathOfLine } from 'd3-shape';
import { useId } from 'react';
import { Axes, Bands, Hatching } from './axes';
import { ChartPanel, type PanelProps } from './chart-panel';
import { apart, plotOf, type Plot } from './geometry';
import type { Line } from './series';

const rightMargin = 56;
const labelHeight = 14;

/** Values over days or over a work's length. Lines are told apart by dash and by the word at their end, not by colour. */
export function LineChart(props: PanelProps) {
  const { chart } = props;
  const hatching = useId();
  const plot = (width: number, height: number) => plotOf({
    width, height, count: chart.points.length, values: chart.lines.flatMap(({ values }) => values),
    rightMargin: chart.lines.length > 1 ? rightMargin : 16, wholes: chart.wholes ?? false,
  });
  return (
    <ChartPanel {...props} plot={plot}>
      {(drawn, at) => (
        <>
          <Hatching id={hatching} />
          <Bands bands={chart.bands ?? []} plot={drawn} hatching={hatching} />
          <Axes plot={drawn} chart={chart} />
          {chart.lines.toReversed().map((line) => <Curve key={line.name} line={line} plot={drawn} />)}
          {chart.lines.length > 1 && <EndLabels lines={chart.lines} plot={drawn} />}
          {at !== undefined && <Reader lines={chart.lines} plot={drawn} at={at} />}
        </>
      )}
    </ChartPanel>
  );
}

const inkOf = ({ isBeside }: Line): string => (isBeside ? 'var(--ink-neutral)' : 'var(--ink-progress)');

function Curve({ line, plot }: { line: Line; plot: Plot }) {
  const { values } = line;
  const path = pathOfLine<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, index) => plot.x(index))
    .y((value) => plot.y(value ?? 0));
  return (
    <g data-line={line.name}>
      <path d={path(values) ?? ''} fill="none" stroke={inkOf(line)} strokeWidth={line.isBeside ? 1.5 : 2} strokeLinejoin="round" {...(line.isBeside ? { strokeDasharray: '5 4' } : {})} />
      {values.map((value, index) => value !== undefined && values[index - 1] === undefined && values[index + 1] === undefined && (
        // A line of one point is none: it needs a dot to be seen.
        <circle key={index} cx={plot.x(index)} cy={plot.y(value)} r={3} fill={inkOf(line)} />
      ))}
    </g>
  );
}

function EndLabels({ lines, plot }: { lines: readonly Line[]; plot: Plot }) {
  const ends = lines.flatMap((line) => {
    const last = line.values.findLast((value) => value !== undefined);
    return last === undefined ? [] : [{ line, height: plot.y(last) + 4 }];
  });
  const heights = apart(ends.map(({ height }) => height), labelHeight, plot.bottom);
  return ends.map(({ line }, index) => (
    <text key={line.name} x={plot.right + 6} y={heights[index]} fontSize={12} fontWeight={line.isBeside ? 400 : 600} fill={inkOf(line)}>{line.end}</text>
  ));
}

/** A ruler at the point that is read, and a dot on each line. */
function Reader({ lines, plot, at }: { lines: readonly Line[]; plot: Plot; at: number }) {
  return (
    <g data-at={at}>
      <line x1={plot.x(at)} x2={plot.x(at)} y1={plot.top} y2={plot.bottom} stroke="var(--ink-neutral)" />
      {lines.map((line) => {
        const value = line.values[at];
        return value !== undefined && <circle key={line.name} cx={plot.x(at)} cy={plot.y(value)} r={4} fill={inkOf(line)} stroke="var(--mantine-color-body)" strokeWidth={2} />;
      })}
    </g>
  );
}
