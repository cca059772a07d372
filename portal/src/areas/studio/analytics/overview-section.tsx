import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Overview, SetAside } from '@/client';
import { analyticsOverviewOptions } from '@/client/@tanstack/react-query.gen';
import { LineChart } from '@/charts/line-chart';
import { countDays, todayOf } from '@/format/days';
import { minutes } from '@/format/figures';
import { counted, exact } from '@/format/sizes';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { keptFresh } from '@/pieces/freshness';
import { useNow } from '@/pieces/now';
import { dayChart } from '../figures/day-charts';
import { FigureCards } from '../figures/figure-cards';
import type { AnalyticsSearch, Days } from './analytics-search';
import { LastAnswer } from '@/pieces/last-answer';

/** The figures of the range, day by day, with as many days before, and what does not count. */
export function OverviewSection({ search: { range, from, content, compare }, days }: { search: AnalyticsSearch; days: Days }) {
  const isUsual = range === undefined && from === undefined;
  const overview = useQuery({
    ...analyticsOverviewOptions({ query: { ...(isUsual ? {} : days), ...(content ? { content } : {}), ...(compare === false ? { compare } : {}) } }),
    ...keptFresh,
    placeholderData: keepPreviousData,
  });
  return (
    <Answer query={overview} what="These figures couldn't load." safe="They are safe." skeleton={<Rows count={3} height={96} />}>
      {(data) => <LastAnswer shown={overview.isPlaceholderData}><Figures overview={data} /></LastAnswer>}
    </Answer>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const today = todayOf(useNow());
  if (overview.daily_stats.length === 0) return <NoDay overview={overview} />;
  return (
    <Stack gap="md">
      <FigureCards overview={overview} />
      <Paper withBorder p="md"><LineChart chart={dayChart('views', overview, today)} height={220} /></Paper>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Paper withBorder p="md"><LineChart chart={dayChart('watch_time', overview, today)} height={180} /></Paper>
        <Paper withBorder p="md"><LineChart chart={dayChart('likes', overview, today)} height={180} /></Paper>
      </SimpleGrid>
      <More overview={overview} />
      <SetAsideList rules={overview.set_aside} />
    </Stack>
  );
}

function NoDay({ overview: { from, to, freshness } }: { overview: Overview }) {
  if (!freshness.complete_through) return <Empty>No day is complete yet. A day is counted once it has ended, in UTC.</Empty>;
  return <Empty>No day of these {countDays(from, to)} is complete yet.</Empty>;
}

function More({ overview: { totals } }: { overview: Overview }) {
  const facts: [string, number][] = [['New subscribers', totals.subscribers], ['Shares', totals.shares], ['Likes taken back', totals.unlikes]];
  return (
    <Text size="sm" component="div" c="dimmed" style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 24px' }}>
      {facts.map(([name, count]) => <span key={name}>{name}: <Text span inherit fw={600} c="var(--mantine-color-text)" className="tabular">{exact(count)}</Text></span>)}
    </Text>
  );
}

/** Views that do not count, each kind with the rule that says why. */
export function SetAsideList({ rules }: { rules: SetAside[] }) {
  const some = rules.filter(({ views, watch_minutes: watched }) => views > 0 || watched > 0);
  if (some.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label="Set aside">
      <Text fw={600} component="h2" fz={16} m={0} mb={4}>Set aside, not in the figures above</Text>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
        {some.map(({ rule, sentence, views, watch_minutes: watched }) => (
          <Text component="li" size="sm" key={rule}>
            <Text span inherit fw={600} className="tabular">{counted(views, 'view')}{watched > 0 && `, ${minutes(watched)} min`}</Text>{'. '}{sentence}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
