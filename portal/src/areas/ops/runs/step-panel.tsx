import { Group, Stack, Text } from '@mantine/core';
import type { Step } from '@/client';
import { moment } from '@/format/times';
import { StateBadge } from '@/pieces/state-badge';
import { TextLink } from '@/pieces/links';
import { useTimeZone } from '@/preferences/preferences';
import { stepWords } from '@/words/job-words';
import { AttemptList } from '../attempt-list';
import { ErrorChain, Json, Panel } from '../details-panel';
import { ItemList } from './item-list';

/** One step: what it waits for or why it failed, every attempt, and what it handed on. */
export function StepPanel({ step }: { step: Step }) {
  const zone = useTimeZone();
  const stopped = step.state === 'failed' || step.state === 'refused';
  return (
    <Panel title={step.name} beside={<StateBadge stated={stepWords[step.state]} />}>
      <Stack gap="sm">
        {step.state === 'waiting' && (
          <Text fz={14}>Waits for the signal “{step.waiting_for ?? step.name}”{step.deadline && `, at the latest until ${moment(step.deadline, zone)}`}.</Text>
        )}
        {stopped && <ErrorChain chain={step.error_chain} code={step.error_code} />}
        {step.items_total !== undefined && <ItemList step={step} />}
        {!step.waiting_for && <AttemptList attempts={step.attempts} label={`Attempts of ${step.name}`} above={stopped ? step.error_chain : undefined} />}
        {step.job_id && <Group><TextLink to="/ops/jobs/$jobId" params={{ jobId: step.job_id }} fz={14}>Its job</TextLink></Group>}
        {step.output !== undefined && step.output !== null && <><Text fz={13} c="dimmed">Handed on</Text><Json value={step.output} /></>}
      </Stack>
    </Panel>
  );
}
