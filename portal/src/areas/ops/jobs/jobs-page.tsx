import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { JobRow } from '@/client';
import { jobsListInfiniteOptions } from '@/client/@tanstack/react-query.gen';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { useNow } from '@/pieces/now';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { useTimeZone } from '@/preferences/preferences';
import { jobSentence, jobWords } from '@/words/job-words';
import { conditionsOf } from '../conditions';
import { ConditionChip, StateChips } from '../filter-chips';
import { ListPage } from '../list-page';
import { paged, pageSize } from '../paging';
import { polled } from '../polling';
import { SearchBox } from '../search-box';
import type { JobsSearch } from './jobs-search';

const route = getRouteApi('/frame/ops/jobs');

/** Which ones? */
export function JobsPage() {
  const navigate = route.useNavigate();
  const conditions = conditionsOf(route.useSearch(), (search, replace) => void navigate({ search, replace }));
  const { search, change } = conditions;
  const jobs = useInfiniteQuery({ ...jobsListInfiniteOptions({ query: { ...search, limit: pageSize } }), ...paged, ...polled });
  return (
    <ListPage
      title="Jobs"
      query={jobs}
      what="The jobs couldn't load."
      one="job"
      none="No job has been enqueued yet."
      conditions={conditions}
      filters={
        <>
          <SearchBox label="Name, argument, error" value={search.q} onSearch={(q) => { change({ q }); }} />
          <StateChips label="State" words={jobWords} value={search.state} onChange={(state) => { change({ state }); }} />
          <ConditionChip name="queue" value={search.queue} onRemove={() => { change({ queue: undefined }); }} />
          <ConditionChip name="name" value={search.name} onRemove={() => { change({ name: undefined }); }} />
          <ConditionChip name="tag" value={search.tag} onRemove={() => { change({ tag: undefined }); }} />
        </>
      }
    >
      {(rows) => <JobTable jobs={rows} onNarrow={change} />}
    </ListPage>
  );
}

function JobTable({ jobs, onNarrow }: { jobs: JobRow[]; onNarrow: (search: JobsSearch) => void }) {
  const onKeyDown = useListKeys();
  const zone = useTimeZone();
  const now = useNow(5000);
  return (
    <Table.ScrollContainer minWidth={820} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Jobs' } }}>
      <Table onKeyDown={onKeyDown} aria-label="Jobs" fz={14} layout="fixed">
        <Table.Thead>
          <Table.Tr><Table.Th w={120}>State</Table.Th><Table.Th w={240}>Name</Table.Th><Table.Th w={100}>Queue</Table.Th><Table.Th>Where it stands</Table.Th><Table.Th w={110}>Enqueued</Table.Th></Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <Table.Tr key={job.id} className="ops-row">
              <Table.Td><StateBadge stated={jobWords[job.state]} /></Table.Td>
              <Table.Td className="one-line"><TextLink to="/ops/jobs/$jobId" params={{ jobId: job.id }} fz={14} data-row-link>{job.name}</TextLink></Table.Td>
              <Table.Td className="one-line">
                <button type="button" className="text-button" onClick={() => { onNarrow({ queue: job.queue }); }} aria-label={`Only the queue ${job.queue}`}>{job.queue}</button>
              </Table.Td>
              <Table.Td className="one-line">
                {jobSentence(job, zone, now)}
                {job.last_error && job.state !== 'completed' && <Text span fz={13} c="dimmed"> · {job.error_code ? `[${job.error_code}] ` : ''}{job.last_error}</Text>}
              </Table.Td>
              <Table.Td><When at={job.created_at} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
