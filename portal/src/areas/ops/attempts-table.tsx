import { Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import type { Attempt } from '@/client';
import { machineTime } from '@/format/durations';
import { clockSeconds, dayAndMonth } from '@/format/times';
import { CopyCode } from '@/pieces/copy-code';
import { StateBadge } from '@/pieces/state-badge';
import { useTimeZone } from '@/preferences/preferences';
import { attemptWords } from '@/words/job-words';
import { ErrorChain } from './details-panel';

/** Every attempt with its outcome, timing, place, error and trace. */
export function AttemptsTable({ attempts, label }: { attempts: Attempt[]; label: string }) {
  const zone = useTimeZone();
  if (attempts.length === 0) return <Text fz={14} c="dimmed">Not begun yet.</Text>;
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': label } }}>
      <Table aria-label={label} verticalSpacing={4} fz={14}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40}>#</Table.Th><Table.Th w={120}>Outcome</Table.Th><Table.Th w={150}>Began</Table.Th>
            <Table.Th w={90}>Took</Table.Th><Table.Th>Worker</Table.Th><Table.Th w={150}>Trace</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attempts.map((attempt) => (
            <Fragment key={`${attempt.job_id} ${attempt.number}`}>
              <Table.Tr style={attempt.error_chain ? { borderBottom: 0 } : undefined}>
                <Table.Td>{attempt.number}</Table.Td>
                <Table.Td><StateBadge stated={attemptWords[attempt.outcome]} /></Table.Td>
                <Table.Td className="tabular">{dayAndMonth(attempt.started_at, zone)}, {clockSeconds(attempt.started_at, zone)}</Table.Td>
                <Table.Td className="tabular">{attempt.milliseconds === undefined ? '' : machineTime(attempt.milliseconds)}</Table.Td>
                <Table.Td>{attempt.worker}</Table.Td>
                <Table.Td>{attempt.trace_id && <CopyCode value={attempt.trace_id} label="the trace id" short />}</Table.Td>
              </Table.Tr>
              {attempt.error_chain && (
                <Table.Tr>
                  <Table.Td />
                  <Table.Td colSpan={5} pt={0}><ErrorChain chain={attempt.error_chain} code={attempt.error_code} /></Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
