import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Run } from '@/client';
import { runsShowOptions } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { CopyCode } from '@/pieces/copy-code';
import { TextLink } from '@/pieces/links';
import { When } from '@/pieces/when';
import { useTimeZone } from '@/preferences/preferences';
import { runWords } from '@/words/job-words';
import { DetailPage } from '../detail-page';
import { Given } from '../details-panel';
import { polled } from '../polling';
import { RetryRun } from './retry-run';
import { runSentence } from './run-sentence';
import { StepGraph } from './step-graph';
import { StepPanel } from './step-panel';

const route = getRouteApi('/frame/ops/runs/$runId');

/** Where did it stop? */
export function RunPage() {
  const { runId } = route.useParams();
  const run = useQuery({ ...runsShowOptions({ path: { id: runId } }), ...polled });
  return (
    <>
      <TextLink to="/ops/runs" size="sm">Runs</TextLink>
      <Answer query={run} what="This run couldn't load." skeleton={<Skeleton height={360} mt="md" />}>
        {(loaded) => <Details run={loaded} />}
      </Answer>
    </>
  );
}

function Details({ run }: { run: Run }) {
  const { steps } = run;
  const zone = useTimeZone();
  // The page opens at the step where the run stands, and stays where one goes.
  const [chosen, setChosen] = useState<string>();
  const at = chosen ?? run.current_step ?? steps.at(-1)?.name;
  const step = steps.find(({ name }) => name === at);
  return (
    <DetailPage
      title={run.workflow}
      stated={runWords[run.state]}
      acts={<RetryRun run={run} />}
      sentence={runSentence(run, zone)}
      overview={<StepGraph steps={steps} chosen={at} onChoose={setChosen} />}
      runbook={run.runbook}
      given={<Given title="Input" value={run.input} />}
      facts={[
        ['Id', <CopyCode key="id" value={run.id} label="the run id" short />],
        ['Subject', <CopyCode key="subject" value={run.subject} label="the subject" short />],
        ['Version', run.version],
        ['Started', <When key="start" at={run.started_at} />],
        ['Moved', <When key="moved" at={run.updated_at} />],
        ['Ended', run.finished_at && <When key="end" at={run.finished_at} />],
        ['Trace', run.trace_id && <CopyCode key="trace" value={run.trace_id} label="the trace id" short />],
      ]}
    >
      {step && <StepPanel step={step} />}
    </DetailPage>
  );
}
