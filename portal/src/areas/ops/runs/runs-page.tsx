import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { RunRow } from '@/client';
import { runsListInfiniteOptions } from '@/client/@tanstack/react-query.gen';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { runWords } from '@/words/job-words';
import { conditionsOf } from '../conditions';
import { ConditionChip, StateChips } from '../filter-chips';
import { ListPage } from '../list-page';
import { paged, pageSize } from '../paging';
import { polled } from '../polling';
import { SearchBox } from '../search-box';
import type { RunsSearch } from './runs-search';

const route = getRouteApi('/frame/ops/runs');

/** Which stories run, and which stopped? */
export function RunsPage() {
  const navigate = route.useNavigate();
  const conditions = conditionsOf(route.useSearch(), (search, replace) => void navigate({ search, replace }));
  const { search, change } = conditions;
  const runs = useInfiniteQuery({ ...runsListInfiniteOptions({ query: { ...search, limit: pageSize } }), ...paged, ...polled });
  return (
    <ListPage
      title="Runs"
      query={runs}
      what="The runs couldn't load."
      one="run"
      none="No run has been started yet."
      conditions={conditions}
      filters={
        <>
          <SearchBox label="Subject, as cnt_… or upl_…" value={search.subject} onSearch={(subject) => { change({ subject }); }} />
          <StateChips label="State" words={runWords} value={search.state} onChange={(state) => { change({ state }); }} />
          <ConditionChip name="workflow" value={search.workflow} onRemove={() => { change({ workflow: undefined }); }} />
        </>
      }
    >
      {(rows) => <RunTable runs={rows} onNarrow={change} />}
    </ListPage>
  );
}

function RunTable({ runs, onNarrow }: { runs: RunRow[]; onNarrow: (search: RunsSearch) => void }) {
  const onKeyDown = useListKeys();
  return (
    <Table.ScrollContainer minWidth={820} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Runs' } }}>
      <Table onKeyDown={onKeyDown} aria-label="Runs" fz={14} layout="fixed">
        <Table.Thead>
          <Table.Tr><Table.Th w={120}>State</Table.Th><Table.Th w={330}>Subject</Table.Th><Table.Th w={160}>Workflow</Table.Th><Table.Th>Step</Table.Th><Table.Th w={110}>Started</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run.id} className="ops-row">
              <Table.Td><StateBadge stated={runWords[run.state]} /></Table.Td>
              <Table.Td className="one-line"><TextLink to="/ops/runs/$runId" params={{ runId: run.id }} fz={13} ff="monospace" data-row-link>{run.subject}</TextLink></Table.Td>
              <Table.Td className="one-line">
                <button type="button" className="text-button" onClick={() => { onNarrow({ workflow: run.workflow }); }} aria-label={`Only the workflow ${run.workflow}`}>{run.workflow}</button>
              </Table.Td>
              <Table.Td className="one-line">
                {run.state === 'completed' ? '' : run.current_step}
                {run.last_error && <Text span fz={13} c="dimmed"> · {run.error_code ? `[${run.error_code}] ` : ''}{run.last_error}</Text>}
              </Table.Td>
              <Table.Td><When at={run.started_at} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
