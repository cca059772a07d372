import type { Run } from '@/client';
import { machineTime } from '@/format/durations';
import { counted } from '@/format/sizes';
import { moment } from '@/format/times';

/** Where a run stands and why, in one sentence. */
export function runSentence(run: Pick<Run, 'state' | 'current_step' | 'steps' | 'started_at' | 'finished_at'>, zone: string): string {
  const { steps, current_step: at } = run;
  const done = steps.filter(({ state }) => state === 'completed').length;
  const step = steps.find(({ name }) => name === at);
  switch (run.state) {
    case 'completed': return `All ${counted(steps.length, 'step')} are done${run.finished_at ? `, in ${machineTime(Date.parse(run.finished_at) - Date.parse(run.started_at))}` : ''}.`;
    case 'failed': return `It stopped at ${at ?? 'an unknown step'}, after ${done} of ${counted(steps.length, 'step')}. It needs a person.`;
    case 'refused': return `It was refused at ${at ?? 'an unknown step'}, after ${done} of ${counted(steps.length, 'step')}. Nobody needs to act.`;
    case 'waiting': return `It waits for ${at ?? 'a signal'}${step?.deadline ? ` until ${moment(step.deadline, zone)}` : ''}. ${done} of ${counted(steps.length, 'step')} are done.`;
    case 'running': return `${at ?? 'The next step'} is under way. ${done} of ${counted(steps.length, 'step')} are done.`;
    case 'cancelled': return `It was cancelled after ${done} of ${counted(steps.length, 'step')}.`;
  }
}
