import { Progress, Table, Text } from '@mantine/core';
import type { RunItem, Step } from '@/client';
import { machineTime } from '@/format/durations';
import { exact, percent } from '@/format/sizes';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { StateBadge } from '@/pieces/state-badge';
import { failedFirst, itemLook, itemsDone } from './item-words';

/** What a step fanned out to: how many are done, and each with its outcome, those that failed first. */
export function ItemList({ step }: { step: Step }) {
  const onKeyDown = useListKeys();
  const { items = [], items_total: total = 0, items_completed: done = 0 } = step;
  return (
    <div>
      <Text fz={14} mb={4} role="status">{itemsDone(step)}.{total > items.length && items.length > 0 && ` ${exact(items.length)} are shown.`}</Text>
      <Progress value={percent(done, total)} size="sm" color="blue.8" mb="xs" aria-label={`Items of ${step.name}, ${percent(done, total)}% done`} />
      {items.length > 0 && (
        <Table.ScrollContainer minWidth={520} mah={420} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': `Items of ${step.name}` } }}>
          <Table onKeyDown={onKeyDown} aria-label={`Items of ${step.name}`} fz={14}>
            <Table.Thead><Table.Tr><Table.Th>Item</Table.Th><Table.Th>State</Table.Th><Table.Th ta="right">Attempts</Table.Th><Table.Th ta="right">Took</Table.Th><Table.Th>Job</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{failedFirst(items).map((item) => <Row key={item.key} item={item} />)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}

function Row({ item: { key, state, attempts, job_id: jobId, started_at: started, finished_at: finished, code, error } }: { item: RunItem }) {
  return (
    <Table.Tr className="ops-row tabular">
      <Table.Td>
        <Text span fz={13} ff="monospace">{key}</Text>
        {error && <Text fz={13} ff="monospace" c="var(--ink-bad)">{code && `[${code}] `}{error}</Text>}
      </Table.Td>
      <Table.Td><StateBadge stated={itemLook(state)} /></Table.Td>
      <Table.Td ta="right">{attempts}</Table.Td>
      <Table.Td ta="right">{started && finished && machineTime(Date.parse(finished) - Date.parse(started))}</Table.Td>
      <Table.Td>{jobId && <TextLink to="/ops/jobs/$jobId" params={{ jobId }} fz={14} data-row-link aria-label={`Job of ${key}`}>Job</TextLink>}</Table.Td>
    </Table.Tr>
  );
}
