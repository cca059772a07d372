import { Paper, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Audience } from '@/client';
import { analyticsAudienceOptions } from '@/client/@tanstack/react-query.gen';
import { saveText } from '@/charts/csv';
import { share } from '@/format/figures';
import { counted, exact } from '@/format/sizes';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { keptFresh } from '@/pieces/freshness';
import { LastAnswer } from '@/pieces/last-answer';
import type { Days } from './analytics-search';
import { partsOf, type Part } from './audience-words';

const shownAtFirst = 10;

/** Who watched. What too few viewers stand behind is counted, and not shown. */
export function AudienceSection({ content, days }: { content: string | undefined; days: Days }) {
  const audience = useQuery({
    ...analyticsAudienceOptions({ query: { ...days, ...(content ? { content } : {}) } }), ...keptFresh, placeholderData: keepPreviousData,
  });
  return (
    <Answer query={audience} what="The audience couldn't load." safe="The figures are safe." skeleton={<Rows count={4} height={120} />}>
      {(data) => <LastAnswer shown={audience.isPlaceholderData}><Panels audience={data} /></LastAnswer>}
    </Answer>
  );
}

function Panels({ audience }: { audience: Audience }) {
  const groups = partsOf(audience);
  if (groups.every(({ parts, hidden }) => parts.length === 0 && hidden === 0)) return <Empty>Nobody watched in these days.</Empty>;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">A figure of a day is shown when at least {counted(audience.smallest_cell, 'viewer')} stand behind it.</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {groups.map((group) => <PartsPanel key={group.title} {...group} />)}
      </SimpleGrid>
    </Stack>
  );
}

/** One way to part the audience: a table whose rows have a bar each, so that it reads as a chart and is one no less without colour. */
function PartsPanel({ title, parts, hidden }: { title: string; parts: Part[]; hidden: number }) {
  const [all, setAll] = useState(false);
  const total = parts.reduce((sum, { views }) => sum + views, hidden);
  const most = Math.max(1, ...parts.map(({ views }) => views));
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <div style={{ display: 'flex', justifyContent: 'space-between', marginBottom: 4 }}>
        <Text component="h2" fz={16} fw={600} m={0}>{title}, views</Text>
        {parts.length > 0 && <button type="button" className="text-button" style={{ fontSize: 14 }} onClick={() => { saveText(csvOfParts(title, parts), `audience-${title.toLowerCase().replaceAll(' ', '-')}.csv`); }} aria-label={`${title} as CSV`}>CSV</button>}
      </div>
      {parts.length === 0 ? <Text size="sm">{hidden > 0 ? 'Too few viewers to show.' : 'No views.'}</Text> : (
        <Table verticalSpacing={4} fz={14} aria-label={title} layout="fixed">
          <Table.Thead className="sr-only"><Table.Tr><Table.Th>{title}</Table.Th><Table.Th>Share as a bar</Table.Th><Table.Th>Views</Table.Th><Table.Th>Share</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {(all ? parts : parts.slice(0, shownAtFirst)).map(({ name, views }) => (
              <Table.Tr key={name} className="tabular">
                <Table.Th scope="row" fw={400} className="one-line">{name}</Table.Th>
                <Table.Td><div className="share-bar" style={{ width: `${(views / most) * 100}%` }} /></Table.Td>
                <Table.Td ta="right" w={84}>{exact(views)}</Table.Td>
                <Table.Td ta="right" w={64}>{share(views / total)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {parts.length > shownAtFirst && <button type="button" className="text-button" style={{ fontSize: 14 }} onClick={() => { setAll(!all); }}>{all ? 'Fewer' : `All ${parts.length}`}</button>}
      {parts.length > 0 && hidden > 0 && <Text size="sm" c="dimmed" mt={4}>Too few viewers to show: {counted(hidden, 'view')}.</Text>}
    </Paper>
  );
}

const csvOfParts = (title: string, parts: Part[]): string =>
  [`"${title}",Views`, ...parts.map(({ name, views }) => `"${name.replaceAll('"', '""')}",${views}`)].map((row) => `${row}\r\n`).join('');
