import { Button, Group, Stack } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { Page } from '@/pieces/page';
import { AsOf } from './as-of';
import type { Conditions } from './conditions';
import { ListEnd } from './list-end';

/** One list of Ops: what narrows it, then its rows, as many pages as were asked for. */
export function ListPage<Row, Search>({ title, query, what, safe, one, many, none, conditions, filters, isLive = true, children }: {
  title: string;
  query: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>, unknown>;
  /** What could not be done, should that be so. */
  what: string;
  safe?: string;
  /** A row in words, and several. */
  one: string;
  many?: string;
  /** What is said where there is nothing at all. */
  none: string;
  conditions: Conditions<Search>;
  filters: ReactNode;
  /** Whether the rows are asked for again by themselves; they then show their age. */
  isLive?: boolean;
  children: (rows: Row[]) => ReactNode;
}) {
  const { isNarrowed, clear } = conditions;
  return (
    <Page title={title} beside={isLive && <AsOf at={query.dataUpdatedAt} />}>
      <Stack gap="sm">
        <Group gap="xs" role="search" aria-label={title}>
          {filters}
          {isNarrowed && <Button size="compact-sm" variant="subtle" onClick={clear}>Clear filters</Button>}
        </Group>
        <Answer query={query} what={what} {...(safe ? { safe } : {})} skeleton={<Rows count={12} height={28} />}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            if (rows.length === 0) return <Empty>{isNarrowed ? 'Nothing matches.' : none}</Empty>;
            return (
              <>
                {children(rows)}
                <ListEnd count={rows.length} one={one} {...(many ? { many } : {})} hasMore={query.hasNextPage} loading={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
              </>
            );
          }}
        </Answer>
      </Stack>
    </Page>
  );
}
