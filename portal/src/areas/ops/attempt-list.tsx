import { Text } from '@mantine/core';
import type { Attempt } from '@/client';
import { machineTime } from '@/format/durations';
import { clockSeconds, dayAndMonth } from '@/format/times';
import { CopyCode } from '@/pieces/copy-code';
import { StateBadge } from '@/pieces/state-badge';
import { useTimeZone } from '@/preferences/preferences';
import { attemptWords } from '@/words/job-words';
import { ErrorChain } from './details-panel';

/** Every attempt with its outcome, timing, place, trace and error; an error that stands above already is not repeated. */
export function AttemptList({ attempts, label, above }: { attempts: Attempt[]; label: string; above?: string[] | undefined }) {
  if (attempts.length === 0) return <Text fz={14} c="dimmed">Not begun yet.</Text>;
  return (
    <ol className="attempts" aria-label={label}>
      {attempts.map((attempt) => (
        <li key={`${attempt.job_id} ${attempt.number}`}>
          <AttemptFacts attempt={attempt} />
          {!isSame(attempt.error_chain, above) && <ErrorChain chain={attempt.error_chain} code={attempt.error_code} />}
        </li>
      ))}
    </ol>
  );
}

function AttemptFacts({ attempt }: { attempt: Attempt }) {
  const zone = useTimeZone();
  return (
    <div className="attempt tabular">
      <span>{attempt.number}</span>
      <StateBadge stated={attemptWords[attempt.outcome]} />
      <span>{dayAndMonth(attempt.started_at, zone)}, {clockSeconds(attempt.started_at, zone)}</span>
      <span>{attempt.milliseconds !== undefined && `took ${machineTime(attempt.milliseconds)}`}</span>
      <span>{attempt.worker && `on ${attempt.worker}`}</span>
      {attempt.trace_id && <CopyCode value={attempt.trace_id} label="the trace id" short />}
    </div>
  );
}

const isSame = (one: string[] | undefined, other: string[] | undefined): boolean =>
  one !== undefined && one.join('\n') === other?.join('\n');
