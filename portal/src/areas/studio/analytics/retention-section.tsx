import { Paper, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Retention } from '@/client';
import { analyticsContentsOptions, analyticsRetentionOptions } from '@/client/@tanstack/react-query.gen';
import { LineChart } from '@/charts/line-chart';
import type { Chart } from '@/charts/series';
import { mediaLength } from '@/format/durations';
import { share } from '@/format/figures';
import { counted, exact } from '@/format/sizes';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { keptFresh } from '@/pieces/freshness';
import { LastAnswer } from '@/pieces/last-answer';
import { TextLink } from '@/pieces/links';
import type { Days } from './analytics-search';

const route = getRouteApi('/frame/studio/analytics');

/** How long people stay with one work. It is about one, so without one it asks which. */
export function RetentionSection({ content, days }: { content: string | undefined; days: Days }) {
  return content ? <Curve content={content} days={days} /> : <WhichWork days={days} />;
}

function Curve({ content, days }: { content: string; days: Days }) {
  const retention = useQuery({ ...analyticsRetentionOptions({ path: { id: content }, query: days }), ...keptFresh, placeholderData: keepPreviousData });
  return (
    <Answer query={retention} what="The curve couldn't load." safe="The figures are safe." skeleton={<Rows count={1} height={280} />}>
      {(data) => (
        <LastAnswer shown={retention.isPlaceholderData}>
          {data.too_few || data.points.length === 0 ? (
            <Empty>{data.views === 0 ? 'Nobody watched it in these days.' : 'Too few viewers to show.'}</Empty>
          ) : (
            <Paper withBorder p="md">
              <LineChart chart={retentionChart(data)} height={260} />
              <Text size="sm" c="dimmed" mt="xs">Of {counted(data.views, 'view')}. More than 100% means that people watched a place again.</Text>
            </Paper>
          )}
        </LastAnswer>
      )}
    </Answer>
  );
}

/** Which share of the views played each hundredth of a work. */
export function retentionChart({ duration_seconds: duration, points }: Pick<Retention, 'duration_seconds' | 'points'>): Chart {
  return {
    title: 'Still watching, share of views',
    pointName: 'Place',
    points: points.map(({ percent }) => {
      const place = mediaLength((duration * percent) / 100);
      return { key: String(percent), label: place, name: `${place} (${percent}%)` };
    }),
    lines: [{ name: 'Share of views', end: '', values: points.map(({ ratio }) => ratio) }],
    format: share,
    formatTick: share,
  };
}

function WhichWork({ days }: { days: Days }) {
  const search = route.useSearch();
  const works = useQuery({ ...analyticsContentsOptions({ query: { ...days, sort: 'views', limit: 10 } }), ...keptFresh });
  return (
    <Answer query={works} what="The works couldn't load." safe="They are safe.">
      {({ items }) => items.length === 0 ? <Empty>No work had a view in these days.</Empty> : (
        <Stack gap="xs">
          <Text>Of which work?</Text>
          <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map(({ content, title, views }) => (
              <li key={content} style={{ padding: '8px 0' }}>
                <TextLink to="/studio/analytics" search={{ ...search, content }} fw={600}>{title}</TextLink> <Text span size="sm" c="dimmed">{exact(views)} views</Text>
              </li>
            ))}
          </Stack>
        </Stack>
      )}
    </Answer>
  );
}
