import { Group, Paper, SimpleGrid, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Dashboard, Overview } from '@/client';
import { analyticsDashboardOptions } from '@/client/@tanstack/react-query.gen';
import { LineChart } from '@/charts/line-chart';
import { countDays, shortDay, todayOf } from '@/format/days';
import { Answer } from '@/pieces/answer';
import { FreshnessLine, keptFresh } from '@/pieces/freshness';
import { ButtonLink, TextLink } from '@/pieces/links';
import { useNow } from '@/pieces/now';
import { Page } from '@/pieces/page';
import { queries } from '@/queries';
import { dayChart, figures } from '../figures/day-charts';
import { FigureCards } from '../figures/figure-cards';
import { TopTable } from '../figures/top-table';
import { FirstFigures } from './first-figures';
import { NeedsYou } from './needs-you';
import { NewestWork } from './newest-work';

/** How long the page waits for its answer before it stands without. */
const patienceMilliseconds = 250;

/** Asks for the answer before there is a page to show it on: put together at once, both stand sooner than one after the
 *  other. Should that fail or take long, the page asks or waits by itself and says so. */
export const askAhead = (): Promise<unknown> => Promise.race([
  queries.query(analyticsDashboardOptions()).catch(() => undefined),
  new Promise((resolve) => { setTimeout(resolve, patienceMilliseconds); }),
]);

/** How am I doing, and what next? */
export function DashboardPage() {
  const dashboard = useQuery({ ...analyticsDashboardOptions(), ...keptFresh });
  return (
    <Page title="Dashboard" acts={<ButtonLink to="/studio/upload">Upload</ButtonLink>}>
      <Stack gap="md">
        <NeedsYou />
        <Answer query={dashboard} what="Your figures couldn't load." safe="They are safe." skeleton={<Waiting />}>
          {(data) => (data.state === 'counted' ? <Figures dashboard={data} /> : <FirstFigures dashboard={data} />)}
        </Answer>
      </Stack>
    </Page>
  );
}

function Figures({ dashboard: { overview, newest, top, freshness } }: { dashboard: Dashboard }) {
  const days = Math.max(1, countDays(overview.from, overview.to));
  return (
    <Stack gap="md">
      <FreshnessLine freshness={freshness} />
      {newest && <NewestWork newest={newest} />}
      <section aria-labelledby="range">
        <Group justify="space-between" mb="xs" gap="xs">
          <Title order={2} id="range" fz={16} lh="24px">Last {days} days, to {shortDay(overview.to)}</Title>
          <TextLink to="/studio/analytics">All in Analytics</TextLink>
        </Group>
        <FigureCards overview={overview} />
      </section>
      <Charts overview={overview} />
      {top.length > 0 && (
        <section aria-labelledby="top">
          <Group justify="space-between" mb="xs" gap="xs">
            <Title order={2} id="top" fz={16} lh="24px">Seen most</Title>
            <TextLink to="/studio/analytics" search={{ show: 'works' }}>All works</TextLink>
          </Group>
          <TopTable label="Seen most" works={top} days={days} />
        </section>
      )}
    </Stack>
  );
}

function Charts({ overview }: { overview: Overview }) {
  const today = todayOf(useNow());
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">
      {figures.map((figure) => <Paper key={figure} withBorder p="md"><LineChart chart={dayChart(figure, overview, today)} height={168} /></Paper>)}
    </SimpleGrid>
  );
}

const Waiting = () => <Stack gap="md" aria-hidden><Skeleton height={24} /><Skeleton height={64} /><Skeleton height={112} /><Skeleton height={240} /></Stack>;
