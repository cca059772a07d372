import type { Job, JobState } from '@/client';

type Actionable = Pick<Job, 'state' | 'actions'>;

const noRetry: Partial<Record<JobState, string>> = {
  available: 'It is due already and runs as soon as a worker is free.',
  running: 'It is running. Cancel it first, or wait for its end.',
  completed: 'It is done. Doing it again would not be a retry.',
};

/** Why a job cannot be retried now; undefined when it can. */
export const whyNotRetry = ({ state, actions }: Actionable): string | undefined =>
  actions.includes('retry') ? undefined : (noRetry[state] ?? 'Its state does not allow it.');

/** Why a job cannot be cancelled now; undefined when it can. */
export const whyNotCancel = ({ actions }: Actionable): string | undefined =>
  actions.includes('cancel') ? undefined : 'It has ended: there is nothing to stop.';
