import { Anchor, Box, Group, Loader, Select, Stack, Table, Text } from '@mantine/core';
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
            <Table.Tr><Table.Th>Report</Table.Th><Table.Th visibleFrom="sm">State</Table.Th><Table.Th visibleFrom="sm">Asked for</Table.Th><Table.Th ta="right">File</Table.Th></Table.Tr>
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
        <Box hiddenFrom="sm"><State one={one} /></Box>
      </Table.Td>
      <Table.Td visibleFrom="sm"><State one={one} /></Table.Td>
      <Table.Td visibleFrom="sm"><Text size="sm" component="span"><When at={one.created_at} /></Text></Table.Td>
      <Table.Td ta="right" w={130}><File one={one} /></Table.Td>
    </Table.Tr>
  );
}

function State({ one: { state, problem } }: { one: Export }) {
  return (
    <>
      <Group gap={6}>{state === 'waiting' && <Loader size={14} aria-hidden />}<StateBadge stated={states[state]} /></Group>
      {problem && <Text size="sm" c="dimmed">{problem}</Text>}
    </>
  );
}

function File({ one: { state, download_url: address, file_name: name, rows, size_bytes: size, expires_at: until } }: { one: Export }) {
  if (state !== 'ready') return null;
  return (
    <>
      {address && <Anchor href={address} download={name} size="sm" aria-label={`Download ${name}`} style={{ whiteSpace: 'nowrap' }}>Download</Anchor>}
      <Text size="sm" c="dimmed">{[rows === undefined ? '' : counted(rows, 'row'), size === undefined ? '' : bytes(size)].filter(Boolean).join(', ')}</Text>
      {until && <Text size="xs" c="dimmed" component="div">until <When at={until} /></Text>}
    </>
  );
}
