import { Table, Text } from '@mantine/core';
import type { RollupDay } from '@/client';
import { fullDay } from '@/format/days';
import { exact } from '@/format/sizes';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { dayWords } from './count-words';

/** Each day with its count: how far it is, what it set aside, and the run that did it. */
export function DayTable({ days }: { days: RollupDay[] }) {
  const onKeyDown = useListKeys();
  if (days.length === 0) return <Text fz={14} c="dimmed">No event has come yet.</Text>;
  return (
    <Table.ScrollContainer minWidth={820} mah={480} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Days, each with its count' } }}>
      <Table onKeyDown={onKeyDown} aria-label="Days" fz={14}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day, UTC</Table.Th><Table.Th>State</Table.Th>
            {['Parts', 'Events', 'Set aside', 'Came late'].map((name) => <Table.Th key={name} ta="right">{name}</Table.Th>)}
            <Table.Th>Counted</Table.Th><Table.Th>Run</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map((day) => (
            <Table.Tr key={day.date} className="ops-row tabular">
              <Table.Td>{fullDay(day.date)}</Table.Td>
              <Table.Td><StateBadge stated={dayWords[day.state]} /></Table.Td>
              <Table.Td ta="right">{day.shards_done} of {day.shards_total}</Table.Td>
              <Table.Td ta="right">{exact(day.events)}</Table.Td>
              <Table.Td ta="right">{exact(day.set_aside_events)}</Table.Td>
              <Table.Td ta="right">{exact(day.late_marks)}</Table.Td>
              <Table.Td>{day.counted_at ? <When at={day.counted_at} /> : <Text span fz={14} c="dimmed">Not yet</Text>}</Table.Td>
              <Table.Td>{day.run_id && <TextLink to="/ops/runs/$runId" params={{ runId: day.run_id }} fz={14} data-row-link aria-label={`Run of ${fullDay(day.date)}`}>Run</TextLink>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
