import { Anchor, Group, Loader, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Export, NewExport } from '@/client';
import { exportsCreateMutation, exportsListOptions } from '@/client/@tanstack/react-query.gen';
import { daysBetween } from '@/format/days';
import { bytes, counted } from '@/format/sizes';
import { answersOf } from '@/live/apply';
import { Answer, Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { ProblemPanel } from '@/pieces/problem-panel';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { WhyButton } from '@/pieces/why-button';
import type { Stated } from '@/words/stated';
import type { Days } from './analytics-search';

const reports: Record<NewExport['report'], string> = {
  daily: 'Days: views, minutes, likes', contents: 'Works: their figures', audience: 'Audience: who watched',
};

const states: Record<Export['state'], Pick<Stated, 'word' | 'role' | 'icon'>> = {
  waiting: { word: 'Being written', role: 'progress', icon: 'hourglass' },
  ready: { word: 'Ready', role: 'good', icon: 'check' },
  failed: { word: 'Failed', role: 'bad', icon: 'alert' },
  expired: { word: 'Expired', role: 'neutral', icon: 'clock-x' },
};

const mostShown = 20;
const whileWaiting = 2_000;
/** A download's address is good for a short while, so it is asked for again. */
const otherwise = 30_000;

/** Asks for figures as a file, and shows what became of those asked for before. */
export function ExportsSection({ content, days, completeThrough }: { content: string | undefined; days: Days; completeThrough: string | undefined }) {
  const queries = useQueryClient();
  const [report, setReport] = useState<NewExport['report']>('daily');
  const create = useMutation({ ...exportsCreateMutation(), onSuccess: () => queries.invalidateQueries(answersOf('exportsList')) });
  return (
    <Stack gap="md">
      <form
        aria-label="New export"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ headers: { 'Idempotency-Key': crypto.randomUUID() }, body: { report, ...days, ...(content ? { content } : {}) } });
        }}
      >
        <Group align="flex-end" gap="sm">
          <Select
            label="Report"
            w={{ base: '100%', xs: 280 }}
            data={(Object.keys(reports) as NewExport['report'][]).map((value) => ({ value, label: reports[value] }))}
            value={report}
            allowDeselect={false}
            onChange={(value) => { setReport(value ?? 'daily'); }}
          />
          <WhyButton type="submit" loading={create.isPending} why={completeThrough ? undefined : 'There is no complete day yet. First figures tomorrow.'}>Export as CSV</WhyButton>
        </Group>
        <Text size="sm" c="dimmed" mt={4}>{daysBetween(days.from, days.to)}, complete days only{content && ', this one work'}.</Text>
      </form>
      {create.error && <ProblemPanel error={create.error} what="The export wasn't begun." />}
      <RecentExports />
    </Stack>
  );
}

function RecentExports() {
  const recent = useQuery({
    ...exportsListOptions({ query: { limit: mostShown } }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'waiting') ? whileWaiting : otherwise),
  });
  return (
    <Answer query={recent} what="Your exports couldn't load." safe="They are safe." skeleton={<Rows count={3} height={56} />}>
      {({ items }) => items.length === 0 ? <Empty>No export yet. Choose a report above; it is written while you go on.</Empty> : (
        <Table aria-label="Exports" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr><Table.Th>Report</Table.Th><Table.Th>State</Table.Th><Table.Th visibleFrom="sm">Asked for</Table.Th><Table.Th ta="right">File</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>{items.map((one) => <Row key={one.id} one={one} />)}</Table.Tbody>
        </Table>
      )}
    </Answer>
  );
}

function Row({ one }: { one: Export }) {
  return (
    <Table.Tr className="studio-row">
      <Table.Td>
        <Text fw={600} size="sm">{reports[one.report]}</Text>
        <Text size="sm" c="dimmed">{daysBetween(one.from, one.to)}{one.content && ', one work'}</Text>
      </Table.Td>
      <Table.Td>
        <Group gap={6}>{one.state === 'waiting' && <Loader size={14} aria-hidden />}<StateBadge stated={states[one.state]} /></Group>
        {one.problem && <Text size="sm" c="dimmed">{one.problem}</Text>}
      </Table.Td>
      <Table.Td visibleFrom="sm"><Text size="sm" component="span"><When at={one.created_at} /></Text></Table.Td>
      <Table.Td ta="right">
        {one.state === 'ready' && one.download_url && <Anchor href={one.download_url} download={one.file_name} size="sm" aria-label={`Download ${one.file_name}`}>Download</Anchor>}
        {one.state === 'ready' && <Text size="sm" c="dimmed">{[one.rows === undefined ? '' : counted(one.rows, 'row'), one.size_bytes === undefined ? '' : bytes(one.size_bytes)].filter(Boolean).join(', ')}</Text>}
        {one.state === 'ready' && one.expires_at && <Text size="xs" c="dimmed" component="div">until <When at={one.expires_at} /></Text>}
      </Table.Td>
    </Table.Tr>
  );
}
