import type { Retry, RetryFrom, Run } from '@/client';
import { counted } from '@/format/sizes';

/** One way of doing a run again, with what it repeats. */
export interface RetryOption {
  from: RetryFrom;
  step?: string | undefined;
  repeats: string[];
}

/** What the server offers, and for each step that was reached: it and all that follow. That is how a step is done again
 *  whose outcome made a later one fail. */
export function retryOptions({ retries, steps }: Pick<Run, 'retries' | 'steps'>): RetryOption[] {
  const names = steps.map(({ name }) => name);
  const offered = retries.map(({ from, step, repeats }: Retry): RetryOption => ({ from: from as RetryFrom, step, repeats }));
  const first = offered.find(({ from }) => from === 'failed_and_after')?.repeats[0];
  const onwards = offered.flatMap(({ from, step }): RetryOption[] => {
    const at = step === undefined ? -1 : names.indexOf(step);
    // From the first step on is all, and from the failed one on is offered already.
    return from === 'step' && at > 0 && step !== first ? [{ from: 'step_and_after', step, repeats: names.slice(at) }] : [];
  });
  return [...offered, ...onwards];
}

/** How one way is offered, and what it will repeat. */
export function optionWords({ from, step = 'the step', repeats }: RetryOption): { label: string; act: string; repeats: string } {
  const act = `Retry ${counted(repeats.length, 'step')}`;
  const list = repeats.join(', ');
  switch (from) {
    case 'step': return { label: `Retry ${step} alone`, act, repeats: `Repeats ${step}; then the run goes on where it stood.` };
    case 'step_and_after': return { label: `Retry ${step} and what follows`, act, repeats: `Repeats ${list}. The steps before stay as they are.` };
    case 'failed_and_after': return { label: 'Retry the failed step and what follows', act, repeats: `Repeats ${list}. The steps before stay as they are.` };
    case 'all': return { label: 'Retry all', act: `Retry all ${counted(repeats.length, 'step')}`, repeats: `Repeats everything: ${list}.` };
  }
}
