import { Button, Group, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import type { AuditRow } from '@/client';
import { auditListInfiniteOptions } from '@/client/@tanstack/react-query.gen';
import { moment } from '@/format/times';
import { CopyCode } from '@/pieces/copy-code';
import { useTimeZone } from '@/preferences/preferences';
import { conditionsOf } from '../conditions';
import { FactList, Json } from '../details-panel';
import { ConditionChip } from '../filter-chips';
import { ListPage } from '../list-page';
import { paged, pageSize } from '../paging';
import { SearchBox } from '../search-box';
import type { AuditSearch } from './audit-search';

const route = getRouteApi('/frame/ops/audit');

/** Who did what, and why? */
export function AuditPage() {
  const navigate = route.useNavigate();
  const conditions = conditionsOf(route.useSearch(), (search, replace) => void navigate({ search, replace }));
  const { search, change } = conditions;
  const entries = useInfiniteQuery({ ...auditListInfiniteOptions({ query: { ...search, limit: pageSize } }), ...paged });
  return (
    <ListPage
      title="Audit"
      query={entries}
      what="The audit log couldn't load."
      safe="It is unchanged."
      one="entry"
      many="entries"
      none="Nobody has acted yet. Every action of staff is written here for good."
      conditions={conditions}
      isLive={false}
      filters={
        <>
          <SearchBox label="Target, as job_… or run_…" value={search.target} onSearch={(target) => { change({ target }); }} />
          <ConditionChip name="action" value={search.action} onRemove={() => { change({ action: undefined }); }} />
        </>
      }
    >
      {(rows) => <AuditTable entries={rows} onNarrow={change} />}
    </ListPage>
  );
}

function AuditTable({ entries, onNarrow }: { entries: AuditRow[]; onNarrow: (search: AuditSearch) => void }) {
  const zone = useTimeZone();
  const [open, setOpen] = useState<string>();
  return (
    <Table.ScrollContainer minWidth={820} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Audit log' } }}>
      <Table aria-label="Audit log" fz={14}>
        <Table.Thead>
          <Table.Tr><Table.Th>When</Table.Th><Table.Th>Who</Table.Th><Table.Th>What</Table.Th><Table.Th>On</Table.Th><Table.Th>Why</Table.Th><Table.Th w={90}><span className="sr-only">Details</span></Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Fragment key={entry.id}>
              <Table.Tr className="ops-row">
                <Table.Td className="tabular">{moment(entry.at, zone)}</Table.Td>
                <Table.Td>{entry.actor_name ?? entry.actor_role} <Text span fz={13} c="dimmed">{entry.actor_name ? entry.actor_role : ''}</Text></Table.Td>
                <Table.Td><button type="button" className="text-button" onClick={() => { onNarrow({ action: entry.action }); }} aria-label={`Only ${entry.action}`}>{entry.action}</button></Table.Td>
                <Table.Td><CopyCode value={entry.target} label="the target" short /></Table.Td>
                <Table.Td>{entry.reason ?? <Text span fz={14} c="dimmed">No reason given</Text>}</Table.Td>
                <Table.Td>
                  <Button size="compact-xs" variant="default" aria-expanded={open === entry.id} onClick={() => { setOpen(open === entry.id ? undefined : entry.id); }} aria-label={`Details of ${entry.action} on ${entry.target}`}>
                    {open === entry.id ? 'Close' : 'Details'}
                  </Button>
                </Table.Td>
              </Table.Tr>
              {open === entry.id && <Table.Tr><Table.Td colSpan={6}><EntryDetails entry={entry} /></Table.Td></Table.Tr>}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function EntryDetails({ entry }: { entry: AuditRow }) {
  return (
    <Group align="flex-start" gap="md" grow preventGrowOverflow={false} p="xs">
      <div><Text fz={13} c="dimmed">Before</Text><Json value={entry.before} /></div>
      <div><Text fz={13} c="dimmed">After</Text><Json value={entry.after} /></div>
      <FactList
        facts={[
          ['Position', entry.position],
          ['Seal', <CopyCode key="seal" value={entry.seal} label="the seal" short />],
          ['Request', entry.request_id && <CopyCode key="request" value={entry.request_id} label="the request id" short />],
          ['Trace', entry.trace_id && <CopyCode key="trace" value={entry.trace_id} label="the trace id" short />],
        ]}
      />
    </Group>
  );
}
