import { Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job } from '@/client';
import { jobsCancelMutation, jobsRetryMutation } from '@/client/@tanstack/react-query.gen';
import { answersOf } from '@/live/apply';
import { Confirm } from '@/pieces/confirm';
import { ButtonLink } from '@/pieces/links';
import { say } from '@/pieces/say';
import { WhyButton } from '@/pieces/why-button';
import { given, ReasonField } from '../reason-field';
import { whyNotCancel, whyNotRetry } from './legal';

/** What may be done to a job now. What may not says why. */
export function JobActs({ job }: { job: Job }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'retry' | 'cancel'>();
  const [reason, setReason] = useState('');
  const done = (words: string) => () => {
    say(words);
    setAsking(undefined);
    setReason('');
    return Promise.all([queries.invalidateQueries(answersOf('jobsShow')), queries.invalidateQueries(answersOf('jobsList'))]);
  };
  const retry = useMutation({ ...jobsRetryMutation(), onSuccess: done('It runs again') });
  const cancel = useMutation({ ...jobsCancelMutation(), onSuccess: done('It is being cancelled') });

  if (job.run_id) {
    return <ButtonLink to="/ops/runs/$runId" params={{ runId: job.run_id }} size="sm">Open its run</ButtonLink>;
  }
  const act = asking === 'cancel' ? cancel : retry;
  return (
    <Group gap="xs">
      <WhyButton size="sm" why={whyNotRetry(job)} onClick={() => { setAsking('retry'); }}>Retry</WhyButton>
      <WhyButton size="sm" variant="default" why={whyNotCancel(job)} onClick={() => { setAsking('cancel'); }}>Cancel</WhyButton>
      <Confirm
        opened={asking !== undefined}
        bad={asking === 'cancel'}
        title={asking === 'cancel' ? `Cancel ${job.name}?` : `Retry ${job.name}?`}
        act={asking === 'cancel' ? 'Cancel the job' : 'Retry the job'}
        busy={act.isPending}
        error={act.error}
        onAct={() => { act.mutate({ path: { id: job.id }, body: given(reason) }); }}
        onClose={() => { setAsking(undefined); }}
      >
        {asking === 'cancel' ? (
          <Text>This one job stops{job.state === 'running' ? ' as soon as its worker notices' : ''} and is not tried again. What it has already done stays done. No other job is touched.</Text>
        ) : (
          <Text>This one job runs again from its beginning with the same arguments and up to {job.max_attempts} attempts. It is built to be repeated: what it did before is not done twice. No other job is touched.</Text>
        )}
        <ReasonField value={reason} onChange={setReason} />
      </Confirm>
    </Group>
  );
}
