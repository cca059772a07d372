import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Worker } from '@/client';
import { workersListOptions } from '@/client/@tanstack/react-query.gen';
import { exact } from '@/format/sizes';
import { Answer } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { AsOf } from '../as-of';
import { polled } from '../polling';
import { silentFirst, workerWords } from './worker-words';

/** Who is alive? */
export function WorkersPage() {
  const workers = useQuery({ ...workersListOptions(), ...polled });
  return (
    <Page title="Workers" beside={<AsOf at={workers.dataUpdatedAt} />}>
      <Answer query={workers} what="The workers couldn't load.">
        {({ items }) => items.length === 0 ? <Empty>No worker has started within a day. Due jobs wait until one does.</Empty> : (
          <Table.ScrollContainer minWidth={820} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Workers' } }}>
            <Table aria-label="Workers" fz={14}>
              <Table.Thead>
                <Table.Tr><Table.Th>Worker</Table.Th><Table.Th>State</Table.Th><Table.Th>Pools</Table.Th><Table.Th ta="right">Running</Table.Th><Table.Th>Version</Table.Th><Table.Th>Began</Table.Th><Table.Th>Last sign</Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>{silentFirst(items).map((worker) => <Row key={worker.id} worker={worker} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Answer>
    </Page>
  );
}

function Row({ worker }: { worker: Worker }) {
  return (
    <Table.Tr className="ops-row">
      <Table.Td>{worker.process}</Table.Td>
      <Table.Td><StateBadge stated={workerWords[worker.state]} /></Table.Td>
      <Table.Td>{worker.pools.join(', ')}</Table.Td>
      <Table.Td ta="right" className="tabular">{exact(worker.running)}</Table.Td>
      <Table.Td><Text span fz={13} ff="monospace">{worker.version}</Text></Table.Td>
      <Table.Td><When at={worker.started_at} /></Table.Td>
      <Table.Td><When at={worker.ended_at ?? worker.heartbeat_at} /></Table.Td>
    </Table.Tr>
  );
}
