import { Badge, Grid, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Job } from '@/client';
import { jobsShowOptions } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { CopyCode } from '@/pieces/copy-code';
import { TextLink } from '@/pieces/links';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { jobWords } from '@/words/job-words';
import { AttemptsTable } from '../attempts-table';
import { FactList, Json, Panel } from '../details-panel';
import { polled } from '../polling';
import { RunbookPanel } from '../runbook-panel';
import { JobActs } from './job-acts';

const route = getRouteApi('/frame/ops/jobs/$jobId');

/** What happened, and why isn't it running? */
export function JobPage() {
  const { jobId } = route.useParams();
  const job = useQuery({ ...jobsShowOptions({ path: { id: jobId } }), ...polled });
  return (
    <>
      <TextLink to="/ops/jobs" size="sm">Jobs</TextLink>
      <Answer query={job} what="This job couldn't load." skeleton={<Skeleton height={360} mt="md" />}>
        {(loaded) => <Details job={loaded} />}
      </Answer>
    </>
  );
}

function Details({ job }: { job: Job }) {
  const { attempts, reason, runbook } = job;
  return (
    <Page title={job.name} beside={<StateBadge stated={jobWords[job.state]} size="md" />} acts={<JobActs job={job} />}>
      <Stack gap="md">
        <Text fz={16} role="status">{reason}{runbook && <Text span c="dimmed"> {runbook.about}</Text>}</Text>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Stack gap="md">
              <Panel title="Attempts"><AttemptsTable attempts={attempts} label="Attempts" /></Panel>
              <Panel title="Arguments" beside={<Text fz={12} c="dimmed">Secrets are left out</Text>}><Json value={job.arguments} /></Panel>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Stack gap="md">
              <Panel title="Facts">
                <FactList
                  facts={[
                    ['Id', <CopyCode key="id" value={job.id} label="the job id" short />],
                    ['Queue', <TextLink key="queue" to="/ops/jobs" search={{ queue: job.queue }} fz={14}>{job.queue}</TextLink>],
                    ['Run', job.run_id && <TextLink key="run" to="/ops/runs/$runId" params={{ runId: job.run_id }} fz={14}>Open the run</TextLink>],
                    ['Enqueued', <When key="at" at={job.created_at} />],
                    ['Due', <When key="due" at={job.due_at} />],
                    ['Ended', job.finished_at && <When key="end" at={job.finished_at} />],
                    ['Worker', job.worker],
                    ['Trace', job.trace_id && <CopyCode key="trace" value={job.trace_id} label="the trace id" short />],
                  ]}
                />
                {job.tags.length > 0 && (
                  <Group gap={6} mt="sm">
                    {job.tags.map((tag) => (
                      <TextLink key={tag} to="/ops/jobs" search={{ tag }} underline="never"><Badge variant="outline" color="var(--ink-neutral)" tt="none" radius="sm">{tag}</Badge></TextLink>
                    ))}
                  </Group>
                )}
              </Panel>
              <RunbookPanel runbook={runbook} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </Page>
  );
}
