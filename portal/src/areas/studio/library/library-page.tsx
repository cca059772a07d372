import { Button, Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { contentsListInfiniteOptions } from '@/client/@tanstack/react-query.gen';
import { clearArrivals, useArrivals } from '@/live/arrivals';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { LastAnswer } from '@/pieces/last-answer';
import { ButtonLink } from '@/pieces/links';
import { Page } from '@/pieces/page';
import { LibraryFilters } from './library-filters';
import { isNarrowed } from './library-search';
import { WorkGrid } from './work-grid';
import { WorkTable } from './work-table';

const FirstDrop = lazy(() => import('../upload/first-drop').then(({ FirstDrop }) => ({ default: FirstDrop })));

const route = getRouteApi('/frame/studio/library');
const pageSize = 30;

/** What have I, and in what state? */
export function LibraryPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { view, deleted, sort, ...filters } = search;
  const works = useInfiniteQuery({
    ...contentsListInfiniteOptions({ query: { ...filters, sort: sort ?? 'newest', limit: pageSize, ...(deleted ? { deleted } : {}) } }),
    initialPageParam: {},
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    // Works that came while another page was open belong into the list at once.
    refetchOnMount: 'always',
  });
  return (
    <Page title="Library" acts={<ButtonLink to="/studio/upload">Upload</ButtonLink>}>
      <Stack gap="md">
        <LibraryFilters search={search} />
        <Answer query={works} what="Your library couldn't load." safe="Your works are safe." skeleton={<Rows count={7} height={56} />}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            return (
              <Stack gap="sm">
                <NewArrivals nothingToMove={items.length === 0} refetch={() => void works.refetch()} />
                {items.length === 0 ? (
                  <Nothing narrowed={isNarrowed(search)} deleted={deleted} clear={() => void navigate({ search: { view, deleted } })} />
                ) : (
                  <LastAnswer shown={works.isPlaceholderData}>
                    {view === 'grid' ? <WorkGrid works={items} /> : <WorkTable works={items} />}
                    <Group justify="center" mt="md">
                      {works.hasNextPage
                        ? <Button variant="default" loading={works.isFetchingNextPage} onClick={() => void works.fetchNextPage()}>Show more</Button>
                        : pages.length > 1 && <Text size="sm" c="dimmed">That is all: {items.length} works</Text>}
                    </Group>
                  </LastAnswer>
                )}
              </Stack>
            );
          }}
        </Answer>
      </Stack>
    </Page>
  );
}

/** Works that came meanwhile wait here, so that no row moves under the hand. */
function NewArrivals({ nothingToMove, refetch }: { nothingToMove: boolean; refetch: () => void }) {
  const count = useArrivals();
  useEffect(() => {
    clearArrivals();
    return clearArrivals;
  }, []);
  useEffect(() => {
    if (count === 0 || !nothingToMove) return;
    clearArrivals();
    refetch();
  }, [count, nothingToMove, refetch]);
  if (count === 0 || nothingToMove) return null;
  return (
    <Group justify="center">
      <Button variant="default" size="sm" radius="xl" onClick={() => { clearArrivals(); refetch(); }}>{count} new</Button>
    </Group>
  );
}

function Nothing({ narrowed, deleted, clear }: { narrowed: boolean; deleted: true | undefined; clear: () => void }) {
  if (narrowed) return <Empty act={<Button variant="default" onClick={clear}>Clear filters</Button>}>Nothing matches.</Empty>;
  if (deleted) return <Empty>Nothing is deleted. What you delete stays here for a while and can be restored.</Empty>;
  return (
    <Stack gap="sm">
      <Text c="dimmed">Nothing here yet.</Text>
      <Suspense fallback={<Rows count={1} height={280} />}><FirstDrop /></Suspense>
    </Stack>
  );
}
