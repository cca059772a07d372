import { Badge, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Moment, Realtime } from '@/client';
import { analyticsRealtimeOptions } from '@/client/@tanstack/react-query.gen';
import { BarChart } from '@/charts/bar-chart';
import type { Chart } from '@/charts/series';
import { exact } from '@/format/sizes';
import { clock, dayAndMonth, moment } from '@/format/times';
import { Answer, Rows } from '@/pieces/answer';
import { StateIcon } from '@/pieces/state-badge';

const asked = { refetchInterval: 15_000, refetchIntervalInBackground: false, staleTime: 5_000 } as const;

/** What happens now, as an estimate: it stands by itself and is added to nothing. */
export function RealtimeSection({ content }: { content: string | undefined }) {
  const realtime = useQuery({ ...analyticsRealtimeOptions({ query: content ? { content } : {} }), ...asked });
  return (
    <Answer query={realtime} what="The estimate couldn't load." safe="The figures are safe." skeleton={<Rows count={2} height={220} />}>
      {(data) => (data.available ? <Estimates realtime={data} /> : <NotNow sentence={data.sentence} />)}
    </Answer>
  );
}

function NotNow({ sentence }: { sentence: string }) {
  return (
    <Paper withBorder p="md" role="status">
      <Text><StateIcon icon="clock" role="warn" /> The estimate can&apos;t be asked for just now. Final figures are not touched. {sentence}</Text>
    </Paper>
  );
}

function Estimates({ realtime }: { realtime: Realtime }) {
  const { sentence, counting_since: since, minutes, hours, views_60_minutes: hour, views_48_hours: days } = realtime;
  const badge = <Badge variant="outline" color="var(--ink-hold)" tt="none">Estimate</Badge>;
  return (
    <Stack gap="md">
      <Text>{sentence}{since && ` Counted anew since ${moment(since, 'UTC')}: what came before is not in it.`}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {([['Views, last 60 minutes', hour, minutes, 'Minute'], ['Views, last 48 hours', days, hours, 'Hour']] as const).map(([title, total, moments, pointName]) => (
          <Paper key={title} withBorder p="md">
            <Text fz={32} lh="40px" fw={600} className="tabular">{exact(total)}</Text>
            <BarChart chart={momentChart(title, pointName, moments)} badge={badge} isEstimate height={200} />
          </Paper>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** Views a minute or an hour, in UTC as everything in analytics. */
export function momentChart(title: string, pointName: 'Minute' | 'Hour', moments: readonly Moment[]): Chart {
  return {
    title, pointName, wholes: true, format: exact,
    points: moments.map(({ at }) => ({
      key: at,
      label: pointName === 'Hour' ? `${dayAndMonth(at, 'UTC')}, ${clock(at, 'UTC')}` : clock(at, 'UTC'),
      name: `${dayAndMonth(at, 'UTC')}, ${clock(at, 'UTC')} UTC`,
    })),
    lines: [{ name: 'Views, estimated', end: '', values: moments.map(({ views }) => views) }],
  };
}
