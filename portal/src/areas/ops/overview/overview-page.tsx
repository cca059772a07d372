import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AttentionItem, OpsOverview } from '@/client';
import { opsOverviewOptions } from '@/client/@tanstack/react-query.gen';
import { machineTime } from '@/format/durations';
import { counted, exact } from '@/format/sizes';
import { Answer } from '@/pieces/answer';
import { ButtonLink, TextLink } from '@/pieces/links';
import { Page } from '@/pieces/page';
import { StateBadge, StateIcon } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { AsOf } from '../as-of';
import { Panel } from '../details-panel';
import { Sentence } from '../sentence';
import { polled } from '../polling';
import { HourChart } from './hour-chart';
import { subjectLink } from './subject-link';

/** What hurts? */
export function OverviewPage() {
  const overview = useQuery({ ...opsOverviewOptions(), ...polled });
  const worst = overview.data?.attention[0];
  const link = worst && subjectLink(worst);
  return (
    <Page
      title="Overview"
      beside={<AsOf at={overview.data && Date.parse(overview.data.at)} />}
      acts={link && <ButtonLink {...link}>Open worst</ButtonLink>}
    >
      <Answer query={overview} what="The overview couldn't load.">
        {(data) => (
          <Stack gap="md">
            <AttentionList items={data.attention} />
            <Figures overview={data} />
            <Panel title="Finished in the last hour">
              <HourChart figures={data.figures} until={data.at} />
            </Panel>
            <Dependencies overview={data} />
          </Stack>
        )}
      </Answer>
    </Page>
  );
}

function AttentionList({ items }: { items: AttentionItem[] }) {
  if (items.length === 0) {
    return (
      <Paper withBorder p="md" role="status">
        <Group gap="sm"><StateIcon icon="check" role="good" size={20} /><Text fw={600}>All on time.</Text></Group>
      </Paper>
    );
  }
  return (
    <Panel title="Needs attention">
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((item) => {
          const link = subjectLink(item);
          const bad = item.severity === 'bad';
          return (
            <Group component="li" key={`${item.since} ${item.sentence}`} gap="sm" py={4} wrap="nowrap" align="flex-start">
              <StateBadge stated={{ word: bad ? 'Bad' : 'Warning', role: bad ? 'bad' : 'warn', icon: bad ? 'octagon' : 'alert' }} />
              <Text fz={14} style={{ flex: 1 }}>
                <Sentence text={item.sentence} /> {link && <TextLink fz={14} underline="always" {...link}>Open</TextLink>}
              </Text>
              <Text fz={13} c="dimmed" component="span"><When at={item.since} /></Text>
            </Group>
          );
        })}
      </Stack>
    </Panel>
  );
}

function Figures({ overview }: { overview: OpsOverview }) {
  const { oldest_due_seconds: oldest, due, running, dead } = overview;
  const retrying = overview.queues.reduce((total, queue) => total + queue.retrying, 0);
  const cards: [string, string, string][] = [
    ['Oldest due', due === 0 ? 'On time' : machineTime(oldest * 1000), counted(due, 'job') + ' due'],
    ['Running', exact(running), `${counted(overview.workers_alive, 'worker')} alive`],
    ['Retrying', exact(retrying), 'failed, will be tried again'],
    ['Dead', exact(dead), dead === 0 ? 'none needs a person' : 'need a person'],
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      {cards.map(([name, figure, note]) => (
        <Paper key={name} withBorder p="md">
          <Text fz={13} c="dimmed">{name}</Text>
          <Text fz={24} lh="32px" fw={600} className="tabular">{figure}</Text>
          <Text fz={13} c="dimmed">{note}</Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function Dependencies({ overview }: { overview: OpsOverview }) {
  return (
    <Panel title="Servers">
      <Group gap="lg">
        {overview.dependencies.map(({ name, up, problem }) => (
          <Group key={name} gap={6}>
            <StateIcon icon={up ? 'check' : 'octagon'} role={up ? 'good' : 'bad'} size={16} />
            <Text fz={14}>{name}{up ? <span className="sr-only"> answers</span> : `: ${problem ?? 'does not answer'}`}</Text>
          </Group>
        ))}
      </Group>
    </Panel>
  );
}
