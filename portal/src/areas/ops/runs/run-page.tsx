import { Grid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Run } from '@/client';
import { runsShowOptions } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { CopyCode } from '@/pieces/copy-code';
import { TextLink } from '@/pieces/links';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { useTimeZone } from '@/preferences/preferences';
import { runWords } from '@/words/job-words';
import { FactList, Json, Panel } from '../details-panel';
import { polled } from '../polling';
import { RunbookPanel } from '../runbook-panel';
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
  const { steps, runbook } = run;
  const zone = useTimeZone();
  // The page opens at the step where the run stands, and stays where one goes.
  const [chosen, setChosen] = useState<string>();
  const at = chosen ?? run.current_step ?? steps.at(-1)?.name;
  const step = steps.find(({ name }) => name === at);
  return (
    <Page title={run.workflow} beside={<StateBadge stated={runWords[run.state]} size="md" />} acts={<RetryRun run={run} />}>
      <Stack gap="md">
        <Text fz={16} role="status">{runSentence(run, zone)}{runbook && <Text span c="dimmed"> {runbook.about}</Text>}</Text>
        <StepGraph steps={steps} chosen={at} onChoose={setChosen} />
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Stack gap="md">
              {step && <StepPanel step={step} />}
              <Panel title="Input" beside={<Text fz={12} c="dimmed">Secrets are left out</Text>}><Json value={run.input} /></Panel>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Stack gap="md">
              <Panel title="Facts">
                <FactList
                  facts={[
                    ['Id', <CopyCode key="id" value={run.id} label="the run id" short />],
                    ['Subject', <CopyCode key="subject" value={run.subject} label="the subject" short />],
                    ['Version', run.version],
                    ['Started', <When key="start" at={run.started_at} />],
                    ['Moved', <When key="moved" at={run.updated_at} />],
                    ['Ended', run.finished_at && <When key="end" at={run.finished_at} />],
                    ['Trace', run.trace_id && <CopyCode key="trace" value={run.trace_id} label="the trace id" short />],
                  ]}
                />
              </Panel>
              <RunbookPanel runbook={runbook} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </Page>
  );
}
