import { Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { clock } from '@/format/times';
import { useTimeZone } from '@/preferences/preferences';
import { ProblemPanel } from './problem-panel';

type Asked<T> = UseQueryResult<T, unknown> | UseInfiniteQueryResult<T, unknown>;

/** Shows an answer of the API in each of its conditions: not yet here, failed, kept although stale, here.
 *  Empty words belong into `children`: they are true only after a successful answer. */
export function Answer<T>({ query, what, safe, skeleton, children }: {
  query: Asked<T>;
  /** "The library couldn't load." */
  what: string;
  safe?: string;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Stale since={query.dataUpdatedAt} retry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) {
    return <ProblemPanel error={query.error} what={what} safe={safe} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  return <Waiting>{skeleton ?? <Rows count={6} />}</Waiting>;
}

/** Values stay when a newer answer does not come; the clock says how old they are. */
function Stale({ since, retry }: { since: number; retry: () => void }) {
  const zone = useTimeZone();
  return (
    <Text size="sm" c="var(--ink-warn)" mb="sm" role="status">
      Showing {clock(new Date(since), zone)}; the newest couldn&apos;t load.{' '}
      <button type="button" className="text-button" onClick={retry}>Try again</button>
    </Text>
  );
}

/** Nothing for a blink, then the skeleton, then a word when it takes long. */
function Waiting({ children }: { children: ReactNode }) {
  const [waited, setWaited] = useState<'blink' | 'short' | 'long'>('blink');
  useEffect(() => {
    const short = setTimeout(() => { setWaited('short'); }, 150);
    const long = setTimeout(() => { setWaited('long'); }, 10_000);
    return () => { clearTimeout(short); clearTimeout(long); };
  }, []);
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">Loading</span>
      {waited === 'long' && <Text c="dimmed" mb="sm">This takes longer than usual. It will appear here.</Text>}
      {waited === 'blink' ? null : children}
    </div>
  );
}

export function Rows({ count, height = 40 }: { count: number; height?: number }) {
  return (
    <Stack gap="xs" aria-hidden>
      {Array.from({ length: count }, (_, index) => <Skeleton key={index} height={height} radius="sm" />)}
    </Stack>
  );
}
