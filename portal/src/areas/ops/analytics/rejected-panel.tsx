import { Code, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RejectedCount } from '@/client';
import { opsRejectedEventsInfiniteOptions } from '@/client/@tanstack/react-query.gen';
import { exact } from '@/format/sizes';
import { Answer } from '@/pieces/answer';
import { When } from '@/pieces/when';
import { ConditionChip } from '../filter-chips';
import { ListEnd } from '../list-end';
import { paged } from '../paging';
import { byCode } from './count-words';

const route = getRouteApi('/frame/ops/analytics');
const pageSize = 10;

/** Events that were not taken: how many by code, and for a chosen code what they looked like. */
export function RejectedPanel({ rejected }: { rejected: RejectedCount[] }) {
  const { code } = route.useSearch();
  const navigate = route.useNavigate();
  const only = (chosen: string | undefined) => void navigate({ search: chosen ? { code: chosen } : {}, replace: true });
  const codes = byCode(rejected);
  if (codes.length === 0 && code === undefined) return <Text fz={14} c="dimmed">Every event was taken.</Text>;
  return (
    <Stack gap="sm">
      {codes.length > 0 && (
        <Table aria-label="Rejected events by code" fz={14} maw={640}>
          <Table.Thead><Table.Tr><Table.Th>Code</Table.Th>{['HTTP', 'Stream', 'All'].map((name) => <Table.Th key={name} ta="right" w={80}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {codes.map((row) => (
              <Table.Tr key={row.code} className="ops-row tabular">
                <Table.Td><button type="button" className="text-button" onClick={() => { only(row.code); }} aria-label={`Show events with the code ${row.code}`}>{row.code}</button></Table.Td>
                <Table.Td ta="right">{exact(row.http)}</Table.Td><Table.Td ta="right">{exact(row.stream)}</Table.Td><Table.Td ta="right">{exact(row.total)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {code && <><ConditionChip name="code" value={code} onRemove={() => { only(undefined); }} /><Samples code={code} /></>}
    </Stack>
  );
}

function Samples({ code }: { code: string }) {
  const events = useInfiniteQuery({ ...opsRejectedEventsInfiniteOptions({ query: { code, limit: pageSize } }), ...paged });
  return (
    <Answer query={events} what="The samples couldn't load.">
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        if (rows.length === 0) return <Text fz={14} c="dimmed">No sample is kept.</Text>;
        return (
          <>
            <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={`Events with the code ${code}`}>
              {rows.map(({ id, at, origin, detail, sample }) => (
                <li key={id}>
                  <Text fz={14}><When at={at} />, by {origin === 'http' ? 'HTTP' : 'stream'}: {detail}</Text>
                  <Code block tabIndex={0} fz={13} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{sample}</Code>
                </li>
              ))}
            </Stack>
            <ListEnd count={rows.length} one="event" hasMore={events.hasNextPage} loading={events.isFetchingNextPage} onMore={() => void events.fetchNextPage()} />
          </>
        );
      }}
    </Answer>
  );
}
