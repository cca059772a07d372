import { Grid, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Firing, Schedule } from '@/client';
import { schedulesShowOptions } from '@/client/@tanstack/react-query.gen';
import { moment } from '@/format/times';
import { Answer } from '@/pieces/answer';
import { TextLink } from '@/pieces/links';
import { useNow } from '@/pieces/now';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { useTimeZone } from '@/preferences/preferences';
import { FactList, Panel } from '../details-panel';
import { polled } from '../polling';
import { ScheduleActs } from './schedule-acts';
import { firingWords, jobLook, missedWords, scheduleLook, scheduleSentence } from './schedule-words';

const route = getRouteApi('/frame/ops/schedules/$name');

/** Did it fire? */
export function SchedulePage() {
  const { name } = route.useParams();
  const schedule = useQuery({ ...schedulesShowOptions({ path: { name } }), ...polled });
  return (
    <>
      <TextLink to="/ops/schedules" size="sm">Schedules</TextLink>
      <Answer query={schedule} what="This schedule couldn't load." safe="It fires all the same." skeleton={<Skeleton height={360} mt="md" />}>
        {(loaded) => <Details schedule={loaded} />}
      </Answer>
    </>
  );
}

function Details({ schedule }: { schedule: Schedule }) {
  const zone = useTimeZone();
  const now = useNow();
  return (
    <Page title={schedule.name} beside={<StateBadge stated={scheduleLook(schedule)} size="md" />} acts={<ScheduleActs schedule={schedule} />}>
      <Stack gap="md">
        <Text fz={16} role="status">{scheduleSentence(schedule, zone, now)} <Text span c="dimmed">{schedule.about}</Text></Text>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 8 }}><Panel title="Last ten"><Firings firings={schedule.firings} /></Panel></Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Panel title="Facts">
              <FactList
                facts={[
                  ['Next', schedule.paused || !schedule.next_at ? undefined : moment(schedule.next_at, zone)],
                  ['Expression', <Text key="expression" span fz={14} ff="monospace">{schedule.expression}</Text>],
                  ['Its zone', schedule.time_zone],
                  ['Job', <TextLink key="job" to="/ops/jobs" search={{ name: schedule.job }} fz={14}>{schedule.job}</TextLink>],
                  ['If missed', missedWords[schedule.missed]],
                ]}
              />
            </Panel>
          </Grid.Col>
        </Grid>
      </Stack>
    </Page>
  );
}

function Firings({ firings }: { firings: Firing[] }) {
  const zone = useTimeZone();
  if (firings.length === 0) return <Text fz={14} c="dimmed">It has not fired yet.</Text>;
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Firings' } }}>
      <Table aria-label="Firings" fz={14}>
        <Table.Thead><Table.Tr><Table.Th>For</Table.Th><Table.Th>Fired</Table.Th><Table.Th>How</Table.Th><Table.Th>Its job</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {firings.map((firing) => (
            <Table.Tr key={`${firing.fired_at} ${firing.tick ?? ''} ${firing.kind}`} className="ops-row tabular">
              <Table.Td>{firing.tick ? moment(firing.tick, zone) : <Text span fz={14} c="dimmed">No tick</Text>}</Table.Td>
              <Table.Td><When at={firing.fired_at} /></Table.Td>
              <Table.Td><StateBadge stated={firingWords[firing.kind]} />{firing.by && <Text span fz={13} c="dimmed">{firing.by}</Text>}</Table.Td>
              <Table.Td><Outcome firing={firing} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Outcome({ firing: { job_id: jobId, job_state: state, run_id: runId } }: { firing: Firing }) {
  if (!jobId) return <Text span fz={14} c="dimmed">None</Text>;
  return (
    <span style={{ display: 'inline-flex', gap: 12, alignItems: 'center' }}>
      {state && <StateBadge stated={jobLook(state)} />}
      <TextLink to="/ops/jobs/$jobId" params={{ jobId }} fz={14} data-row-link>Job</TextLink>
      {runId && <TextLink to="/ops/runs/$runId" params={{ runId }} fz={14}>Run</TextLink>}
    </span>
  );
}
