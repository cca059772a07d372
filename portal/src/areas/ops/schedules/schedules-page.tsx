import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ScheduleRow } from '@/client';
import { schedulesListOptions } from '@/client/@tanstack/react-query.gen';
import { exact } from '@/format/sizes';
import { Answer } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { AsOf } from '../as-of';
import { polled } from '../polling';
import { firingWords, jobLook, scheduleLook, troubledFirst } from './schedule-words';

/** Did they fire? */
export function SchedulesPage() {
  const schedules = useQuery({ ...schedulesListOptions(), ...polled });
  const onKeyDown = useListKeys();
  return (
    <Page title="Schedules" beside={<AsOf at={schedules.dataUpdatedAt} />}>
      <Answer query={schedules} what="The schedules couldn't load." safe="They fire all the same.">
        {({ items }) => items.length === 0 ? <Empty>There is no schedule yet.</Empty> : (
          <Table.ScrollContainer minWidth={820} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Schedules' } }}>
            <Table onKeyDown={onKeyDown} aria-label="Schedules" fz={14} layout="fixed">
              <Table.Thead>
                <Table.Tr><Table.Th w={110}>State</Table.Th><Table.Th>Schedule</Table.Th><Table.Th w={190}>Expression</Table.Th><Table.Th w={110}>Next</Table.Th><Table.Th w={260}>Last</Table.Th><Table.Th w={80} ta="right">Missed</Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>{troubledFirst(items).map((schedule) => <Row key={schedule.name} schedule={schedule} />)}</Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Answer>
    </Page>
  );
}

function Row({ schedule }: { schedule: ScheduleRow }) {
  const { name, about, expression, time_zone: zone, last, paused, next_at: next, missed_recently: missed } = schedule;
  return (
    <Table.Tr className="ops-row">
      <Table.Td><StateBadge stated={scheduleLook(schedule)} /></Table.Td>
      <Table.Td className="one-line" title={about}>
        <TextLink to="/ops/schedules/$name" params={{ name }} fz={14} fw={600} data-row-link>{name}</TextLink> <Text span fz={13} c="dimmed">{about}</Text>
      </Table.Td>
      <Table.Td className="one-line"><Text span fz={13} ff="monospace">{expression}</Text> <Text span fz={13} c="dimmed">{zone}</Text></Table.Td>
      <Table.Td>{paused ? <Text span fz={14} c="dimmed">Held</Text> : next ? <When at={next} /> : <Text span fz={14} c="dimmed">Never</Text>}</Table.Td>
      <Table.Td className="one-line">
        {last ? <><When at={last.fired_at} />, {firingWords[last.kind].word.toLowerCase()}{last.job_state && <Text span fz={13} c="dimmed"> · {jobLook(last.job_state).word}</Text>}</> : <Text span fz={14} c="dimmed">Not yet</Text>}
      </Table.Td>
      <Table.Td ta="right" className="tabular">{exact(missed)}</Table.Td>
    </Table.Tr>
  );
}
