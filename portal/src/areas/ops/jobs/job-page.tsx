import { Badge, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Job } from '@/client';
import { jobsShowOptions } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { CopyCode } from '@/pieces/copy-code';
import { TextLink } from '@/pieces/links';
import { When } from '@/pieces/when';
import { jobWords } from '@/words/job-words';
import { AttemptList } from '../attempt-list';
import { DetailPage } from '../detail-page';
import { Given, Panel } from '../details-panel';
import { polled } from '../polling';
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
  return (
    <DetailPage
      title={job.name}
      stated={jobWords[job.state]}
      acts={<JobActs job={job} />}
      sentence={job.reason}
      runbook={job.runbook}
      given={<Given title="Arguments" value={job.arguments} />}
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
      tags={job.tags.length > 0 && <Tags tags={job.tags} />}
    >
      <Panel title="Attempts"><AttemptList attempts={job.attempts} label="Attempts" /></Panel>
    </DetailPage>
  );
}

/** What a job is about; each leads to the other jobs about the same. */
function Tags({ tags }: { tags: string[] }) {
  return (
    <Group gap={6} mt="sm">
      {tags.map((tag) => (
        <TextLink key={tag} to="/ops/jobs" search={{ tag }} underline="never"><Badge variant="outline" color="var(--ink-neutral)" tt="none" radius="sm">{tag}</Badge></TextLink>
      ))}
    </Group>
  );
}
