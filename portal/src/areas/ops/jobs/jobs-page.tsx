import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { JobRow } from '@/client';
import { jobsListInfiniteOptions } from '@/client/@tanstack/react-query.gen';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import { useNow } from '@/pieces/now';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { useTimeZone } from '@/preferences/preferences';
import { jobSentence, jobWords } from '@/words/job-words';
import { AsOf } from '../as-of';
import { ConditionChip, StateChips } from '../filter-chips';
import { ListEnd } from '../list-end';
import { polled } from '../polling';
import { SearchBox } from '../search-box';
import type { JobsSearch } from './jobs-search';

const route = getRouteApi('/frame/ops/jobs');
const pageSize = 50;

/** Which ones? */
export function JobsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: JobsSearch) => void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const jobs = useInfiniteQuery({
    ...jobsListInfiniteOptions({ query: { ...search, limit: pageSize } }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    ...polled,
  });
  const narrowed = Object.keys(search).length > 0;
  return (
    <Page title="Jobs" beside={<AsOf at={jobs.dataUpdatedAt} />}>
      <Stack gap="sm">
        <Group gap="xs" role="search" aria-label="Jobs">
          <SearchBox label="Name, argument, error" value={search.q} onSearch={(q) => { change({ q }); }} />
          <StateChips label="State" words={jobWords} value={search.state} onChange={(state) => { change({ state }); }} />
          <ConditionChip name="queue" value={search.queue} onRemove={() => { change({ queue: undefined }); }} />
          <ConditionChip name="name" value={search.name} onRemove={() => { change({ name: undefined }); }} />
          <ConditionChip name="tag" value={search.tag} onRemove={() => { change({ tag: undefined }); }} />
          {narrowed && <Button size="compact-sm" variant="subtle" onClick={() => void navigate({ search: {} })}>Clear filters</Button>}
        </Group>
        <Answer query={jobs} what="The jobs couldn't load." skeleton={<Rows count={12} height={28} />}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return narrowed ? <Empty>Nothing matches.</Empty> : <Empty>No job has been enqueued yet.</Empty>;
            return (
              <>
                <JobTable jobs={items} onNarrow={change} />
                <ListEnd count={items.length} one="job" hasMore={jobs.hasNextPage} loading={jobs.isFetchingNextPage} onMore={() => void jobs.fetchNextPage()} />
              </>
            );
          }}
        </Answer>
      </Stack>
    </Page>
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
