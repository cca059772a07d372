import { Paper, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { BusinessDay, BusinessFigures } from '@/client';
import { opsBusinessOptions } from '@/client/@tanstack/react-query.gen';
import { LineChart } from '@/charts/line-chart';
import type { Chart } from '@/charts/series';
import { monthOf, shortDay, weekDay } from '@/format/days';
import { exact } from '@/format/sizes';
import { Answer } from '@/pieces/answer';
import { FreshnessLine, keptFresh } from '@/pieces/freshness';
import { StateBadge } from '@/pieces/state-badge';
import { Panel } from '../details-panel';

/** Do creators publish, and do they come back? */
export function BusinessSection() {
  const business = useQuery({ ...opsBusinessOptions(), ...keptFresh });
  return (
    <Answer query={business} what="The business figures couldn't load.">
      {(data) => (
        <Stack gap="md">
          <FreshnessLine freshness={data.freshness} />
          <Panel title="Creators by month"><MonthTable figures={data} /></Panel>
          <Paper withBorder p="md"><LineChart chart={publishingChart(data.days)} height={200} /></Paper>
          <Panel title="What the figures mean">
            <Stack component="dl" gap={4} m={0}>
              {data.definitions.map(({ figure, sentence }) => (
                <div key={figure}><Text component="dt" fz={14} fw={600} ff="monospace">{figure}</Text><Text component="dd" fz={14} m={0}>{sentence}</Text></div>
              ))}
            </Stack>
          </Panel>
        </Stack>
      )}
    </Answer>
  );
}

function MonthTable({ figures: { months } }: { figures: BusinessFigures }) {
  if (months.length === 0) return <Text fz={14} c="dimmed">Nobody has published yet.</Text>;
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Months' } }}>
      <Table aria-label="Creators by month" fz={14}>
        <Table.Thead>
          <Table.Tr><Table.Th>Month</Table.Th>{['Published', 'In the month before', 'In both', 'Retention'].map((name) => <Table.Th key={name} ta="right">{name}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {months.map((month) => (
            <Table.Tr key={month.month} className="ops-row tabular">
              <Table.Td>{monthOf(month.month)} {!month.complete && <StateBadge stated={{ word: 'Counting', role: 'progress', icon: 'hourglass' }} />}</Table.Td>
              <Table.Td ta="right">{exact(month.creators_published)}</Table.Td>
              <Table.Td ta="right">{exact(month.creators_published_before)}</Table.Td>
              <Table.Td ta="right">{exact(month.creators_retained)}</Table.Td>
              <Table.Td ta="right">{month.retention_percent === undefined ? <Text span fz={14} c="dimmed">None before</Text> : `${month.retention_percent.toFixed(1)}%`}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What became public a day, and by how many. The days come in whichever order; a chart goes forward. */
export function publishingChart(days: readonly BusinessDay[]): Chart {
  const forward = days.toSorted((one, other) => one.date.localeCompare(other.date));
  return {
    title: 'Published per day, works and creators', pointName: 'Day', format: exact, wholes: true,
    points: forward.map(({ date }) => ({ key: date, label: shortDay(date), name: weekDay(date) })),
    lines: [
      { name: 'Works', end: 'Works', values: forward.map(({ contents_published: count }) => count) },
      { name: 'Creators', end: 'Creators', isBeside: true, values: forward.map(({ creators_published: count }) => count) },
    ],
  };
}
