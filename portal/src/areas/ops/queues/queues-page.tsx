import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { QueueRow } from '@/client';
import { queuesListOptions } from '@/client/@tanstack/react-query.gen';
import { machineTime } from '@/format/durations';
import { exact } from '@/format/sizes';
import { Answer } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { AsOf } from '../as-of';
import { polled } from '../polling';
import { byLateness } from './by-lateness';

/** Who is behind? */
export function QueuesPage() {
  const queues = useQuery({ ...queuesListOptions(), ...polled });
  const onKeyDown = useListKeys();
  return (
    <Page title="Queues" beside={<AsOf at={queues.dataUpdatedAt} />}>
      <Answer query={queues} what="The queues couldn't load.">
        {({ items }) => items.length === 0 ? <Empty>No queue has had a job yet.</Empty> : (
          <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Queues' } }}>
            <Table onKeyDown={onKeyDown} aria-label="Queues" fz={14}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Queue</Table.Th><Table.Th>Oldest due</Table.Th>
                  {['Due', 'Running', 'Retrying', 'Later', 'Dead', 'Done, last hour'].map((name) => <Table.Th key={name} ta="right">{name}</Table.Th>)}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>{byLateness(items).map((queue) => <Row key={queue.name} queue={queue} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Answer>
    </Page>
  );
}

function Row({ queue }: { queue: QueueRow }) {
  const counts = [
    ['available', queue.due], ['running', queue.running], ['retrying', queue.retrying], ['scheduled', queue.scheduled], ['dead', queue.dead],
  ] as const;
  return (
    <Table.Tr className="ops-row">
      <Table.Td>
        <TextLink to="/ops/jobs" search={{ queue: queue.name }} fz={14} fw={600} data-row-link>{queue.name}</TextLink>
        {queue.paused_at && <StateBadge stated={{ word: 'Held', role: 'hold', icon: 'pause' }} />}
      </Table.Td>
      <Table.Td className="tabular">
        {queue.due > 0 ? machineTime(queue.oldest_due_seconds * 1000) : <Text span fz={14} c="dimmed">On time</Text>}
      </Table.Td>
      {counts.map(([state, count]) => (
        <Table.Td key={state} ta="right" className="tabular">
          {count === 0 ? <Text span fz={14} c="dimmed">0</Text> : <TextLink to="/ops/jobs" search={{ queue: queue.name, state }} fz={14} c={state === 'dead' ? 'var(--ink-bad)' : undefined}>{exact(count)}</TextLink>}
        </Table.Td>
      ))}
      <Table.Td ta="right" className="tabular">{exact(queue.completed_last_hour)}</Table.Td>
    </Table.Tr>
  );
}
