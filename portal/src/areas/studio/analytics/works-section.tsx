import { SegmentedControl, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { analyticsContentsOptions } from '@/client/@tanstack/react-query.gen';
import { countDays } from '@/format/days';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { keptFresh } from '@/pieces/freshness';
import { LastAnswer } from '@/pieces/last-answer';
import { TopTable } from '../figures/top-table';
import type { AnalyticsSearch, Days } from './analytics-search';

const route = getRouteApi('/frame/studio/analytics');
const mostShown = 100;

/** What worked: the works of the range, by one of their figures. */
export function WorksSection({ search, days }: { search: AnalyticsSearch; days: Days }) {
  const navigate = route.useNavigate();
  const works = useQuery({
    ...analyticsContentsOptions({ query: { ...days, sort: search.by ?? 'views', limit: mostShown } }), ...keptFresh, placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Order"
        size="sm"
        className="touchable"
        style={{ alignSelf: 'flex-start' }}
        value={search.by ?? 'views'}
        data={[{ value: 'views', label: 'Most views' }, { value: 'watch_time', label: 'Most watched' }, { value: 'likes', label: 'Most liked' }]}
        onChange={(value) => void navigate({ search: (now) => ({ ...now, by: value === 'views' ? undefined : value }), replace: true })}
      />
      <Answer query={works} what="The works couldn't load." safe="They are safe." skeleton={<Rows count={6} height={56} />}>
        {({ items }) => (
          <LastAnswer shown={works.isPlaceholderData}>
            {items.length === 0 ? <Empty>No work had a view in these days.</Empty> : <TopTable label="Works" works={items} search={search} days={countDays(days.from, days.to)} />}
          </LastAnswer>
        )}
      </Answer>
    </Stack>
  );
}
