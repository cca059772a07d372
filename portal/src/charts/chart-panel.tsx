import { Group, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useId, useState, type ReactNode } from 'react';
import { csvOf, fileNameOf, saveText } from './csv';
import { pointAt, type Plot } from './geometry';
import { readingOf, rowsOf, summaryOf, type Chart } from './series';
import { useWalk } from './walk';

export interface PanelProps {
  chart: Chart;
  height?: number;
  /** Beside the title: what kind of figures these are. */
  badge?: ReactNode;
}

/** What the browser is told before it has laid the page out. */
const usualWidth = 640;

/** A chart with all that belongs to every one: its title with the unit, a picture that arrow keys walk, the reading of a
 *  point in words, the same as a table, and as CSV. */
export function ChartPanel({ chart, height = 200, badge, plot, children }: PanelProps & {
  plot: (width: number, height: number) => Plot;
  children: (plot: Plot, at: number | undefined) => ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const title = useId();
  return (
    <section aria-labelledby={title}>
      <Group justify="space-between" gap="4px 12px" mb={4}>
        <Group gap="xs">
          <Text component="h2" id={title} fz={16} fw={600} m={0}>{chart.title}</Text>
          {badge}
        </Group>
        <Group gap="md" fz={14}>
          <button type="button" className="text-button" onClick={() => { setAsTable(!asTable); }} aria-label={`${chart.title} ${asTable ? 'as chart' : 'as table'}`}>{asTable ? 'As chart' : 'As table'}</button>
          <button type="button" className="text-button" onClick={() => { saveText(csvOf(chart), fileNameOf(chart)); }} aria-label={`${chart.title} as CSV`}>CSV</button>
        </Group>
      </Group>
      {asTable ? <ChartTable chart={chart} labelledBy={title} /> : <Picture chart={chart} height={height} plot={plot}>{children}</Picture>}
    </section>
  );
}

function Picture({ chart, height, plot, children }: {
  chart: Chart;
  height: number;
  plot: (width: number, height: number) => Plot;
  children: (plot: Plot, at: number | undefined) => ReactNode;
}) {
  const { ref, width: measured } = useElementSize();
  const width = measured === 0 ? usualWidth : measured;
  const drawn = plot(width, height);
  const count = chart.points.length;
  const { at, handlers } = useWalk(count, (across) => pointAt(across, drawn, count));
  const reading = at === undefined ? undefined : readingOf(chart, at);
  return (
    <div ref={ref}>
      <Text fz={14} mih={20} lh="20px" className="tabular" {...(reading ? {} : { c: 'dimmed' })}>
        <span role="status">{reading}</span>
        {!reading && summaryOf(chart)}
      </Text>
      <div
        role="application"
        aria-roledescription="chart"
        aria-label={`${chart.title}. ${summaryOf(chart)} Left and right arrow keys read ${chart.pointName.toLowerCase()} by ${chart.pointName.toLowerCase()}.`}
        tabIndex={0}
        className="chart"
        {...handlers}
      >
        <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} aria-hidden focusable="false">
          {children(drawn, at)}
        </svg>
      </div>
    </div>
  );
}

function ChartTable({ chart, labelledBy }: { chart: Chart; labelledBy: string }) {
  const { head, rows } = rowsOf(chart);
  return (
    <Table.ScrollContainer minWidth={0} mah={320} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-labelledby': labelledBy } }}>
      <Table fz={14} verticalSpacing={4} aria-labelledby={labelledBy}>
        <Table.Thead>
          <Table.Tr>{head.map((name, index) => <Table.Th key={name} ta={index === 0 ? 'left' : 'right'}>{name}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([name, ...values]) => (
            <Table.Tr key={name} className="tabular">
              <Table.Th scope="row" fw={400}>{name}</Table.Th>
              {values.map((value, index) => <Table.Td key={head[index + 1]} ta="right">{value}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
