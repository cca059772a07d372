import type { AttemptOutcome, JobState, RunState, StepState } from '@/client';
import { machineTime } from '@/format/durations';
import { clockSeconds, relative } from '@/format/times';
import type { Stated } from './stated';

type Look = Pick<Stated, 'word' | 'role' | 'icon'>;

/** The one table of a job's states, for Ops. */
export const jobWords: Record<JobState, Look> = {
  available: { word: 'Due', role: 'neutral', icon: 'clock' },
  scheduled: { word: 'Later', role: 'neutral', icon: 'calendar' },
  running: { word: 'Running', role: 'progress', icon: 'play' },
  retrying: { word: 'Retrying', role: 'warn', icon: 'refresh' },
  completed: { word: 'Done', role: 'good', icon: 'check' },
  dead: { word: 'Dead', role: 'bad', icon: 'octagon' },
  cancelled: { word: 'Cancelled', role: 'neutral', icon: 'x' },
};

export const runWords: Record<RunState, Look> = {
  running: { word: 'Running', role: 'progress', icon: 'play' },
  waiting: { word: 'Waiting', role: 'progress', icon: 'hourglass' },
  completed: { word: 'Done', role: 'good', icon: 'check' },
  failed: { word: 'Failed', role: 'bad', icon: 'octagon' },
  refused: { word: 'Refused', role: 'neutral', icon: 'hand' },
  cancelled: { word: 'Cancelled', role: 'neutral', icon: 'x' },
};

export const stepWords: Record<StepState, Look> = {
  pending: { word: 'Not begun', role: 'neutral', icon: 'clock' },
  running: { word: 'Running', role: 'progress', icon: 'play' },
  waiting: { word: 'Waiting', role: 'progress', icon: 'hourglass' },
  completed: { word: 'Done', role: 'good', icon: 'check' },
  failed: { word: 'Failed', role: 'bad', icon: 'octagon' },
  refused: { word: 'Refused', role: 'neutral', icon: 'hand' },
};

/** How one attempt ended. `lost`: its process died; `interrupted`: its process was told to stop. */
export const attemptWords: Record<AttemptOutcome, Look> = {
  running: { word: 'Running', role: 'progress', icon: 'play' },
  completed: { word: 'Done', role: 'good', icon: 'check' },
  failed: { word: 'Failed', role: 'bad', icon: 'octagon' },
  snoozed: { word: 'Put off', role: 'neutral', icon: 'calendar' },
  cancelled: { word: 'Cancelled', role: 'neutral', icon: 'x' },
  interrupted: { word: 'Interrupted', role: 'neutral', icon: 'hand' },
  lost: { word: 'Lost', role: 'warn', icon: 'refresh' },
};

interface JobFacts {
  state: JobState;
  attempt: number;
  max_attempts: number;
  due_at: string;
  started_at?: string | null;
  finished_at?: string | null;
  worker?: string | null;
}

/** Where a job stands, in a few words for a list. The job's own page has the server's full sentence. */
export function jobSentence(job: JobFacts, zone: string, now: Date): string {
  switch (job.state) {
    case 'available': return `Since ${relative(job.due_at, zone, now)}`;
    case 'scheduled': return `Starts ${clockSeconds(job.due_at, zone)}`;
    case 'running': return `Attempt ${job.attempt} of ${job.max_attempts}${job.worker ? ` on ${job.worker}` : ''}`;
    case 'retrying': return `${job.attempt} of ${job.max_attempts} failed. Next ${clockSeconds(job.due_at, zone)}`;
    case 'completed': return tookOf(job);
    case 'dead': return `${job.attempt} of ${job.max_attempts} failed. Needs a person`;
    case 'cancelled': return job.finished_at ? clockSeconds(job.finished_at, zone) : '';
  }
}

const tookOf = ({ started_at, finished_at }: JobFacts): string =>
  started_at && finished_at ? `In ${machineTime(Date.parse(finished_at) - Date.parse(started_at))}` : '';
