import { useId } from 'react';
import { Axes, Hatching } from './axes';
import { ChartPanel, type PanelProps } from './chart-panel';
import { plotOf } from './geometry';

/** Counts side by side. Estimates are hatched, as everything is that is not final. */
export function BarChart(props: PanelProps & { isEstimate?: boolean }) {
  const { chart, isEstimate = false } = props;
  const hatching = useId();
  const values = chart.lines[0]?.values ?? [];
  return (
    <ChartPanel {...props} plot={(width, height) => plotOf({ width, height, count: chart.points.length, values, rightMargin: 12, wholes: chart.wholes ?? false })}>
      {(plot, at) => (
        <>
          <Hatching id={hatching} ink="var(--ink-progress)" />
          {values.map((value, index) => value !== undefined && (
            <rect
              key={index}
              x={plot.x(index) - plot.step * 0.4}
              width={plot.step * 0.8}
              y={plot.y(value)}
              height={plot.bottom - plot.y(value)}
              fill={isEstimate ? `url(#${hatching})` : 'var(--ink-progress)'}
              stroke="var(--ink-progress)"
              strokeWidth={value > 0 ? (index === at ? 2.5 : 1) : 0}
            />
          ))}
          <Axes plot={plot} chart={chart} />
          {at !== undefined && <line x1={plot.x(at)} x2={plot.x(at)} y1={plot.top} y2={plot.bottom} stroke="var(--ink-neutral)" />}
        </>
      )}
    </ChartPanel>
  );
}
