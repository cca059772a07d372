import { Table, Text } from '@mantine/core';
import { IconMusic, IconVideo } from '@tabler/icons-react';
import type { TopContent } from '@/client';
import { minutes } from '@/format/figures';
import { exact } from '@/format/sizes';
import { TextLink } from '@/pieces/links';
import { useListKeys } from '@/pieces/list-keys';
import type { AnalyticsSearch } from '../analytics/analytics-search';
import { Trend } from './trend';

/** Works with their exact figures of a range; each leads to its own analytics. */
export function TopTable({ label, works, days, search }: {
  label: string;
  works: TopContent[];
  days: number;
  /** What the analytics of a work keep of the page that leads there: its range. */
  search?: AnalyticsSearch;
}) {
  const onKeyDown = useListKeys();
  return (
    <Table onKeyDown={onKeyDown} aria-label={label} verticalSpacing={6} layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Title</Table.Th>
          <Table.Th ta="right" w={{ base: 84, sm: 110 }}>Views</Table.Th>
          <Table.Th ta="right" w={110} visibleFrom="sm">Minutes</Table.Th>
          <Table.Th ta="right" w={90} visibleFrom="sm">Likes</Table.Th>
          <Table.Th ta="right" w={130} visibleFrom="xs">Against before</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {works.map(({ content, title, kind, views, watch_minutes: watched, likes, previous_views: before }) => {
          const Kind = kind === 'audio' ? IconMusic : IconVideo;
          return (
            <Table.Tr key={content} className="studio-row tabular">
              <Table.Td>
                <Text component="div" className="one-line">
                  <Kind size={16} aria-label={kind} color="var(--ink-neutral)" style={{ verticalAlign: '-2px' }} />{' '}
                  <TextLink to="/studio/analytics" search={{ ...search, content, show: undefined }} c="inherit" fw={600} data-row-link title={title}>{title}</TextLink>
                </Text>
              </Table.Td>
              <Table.Td ta="right">{exact(views)}</Table.Td>
              <Table.Td ta="right" visibleFrom="sm">{minutes(watched)}</Table.Td>
              <Table.Td ta="right" visibleFrom="sm">{exact(likes)}</Table.Td>
              <Table.Td ta="right" visibleFrom="xs">{before !== undefined && <Trend now={views} before={before} days={days} />}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
