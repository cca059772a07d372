import type { Retry } from '@/client';
import { counted } from '@/format/sizes';

/** How one way of doing a run again is offered, and what it will repeat. */
export function optionWords({ from, step, repeats }: Retry): { label: string; act: string; repeats: string } {
  const list = repeats.join(', ');
  switch (from) {
    case 'step': return { label: `Retry ${step ?? 'the step'} alone`, act: 'Retry 1 step', repeats: `Repeats ${step ?? 'the step'}; then the run goes on where it stood.` };
    case 'failed_and_after': return { label: 'Retry the failed step and what follows', act: `Retry ${counted(repeats.length, 'step')}`, repeats: `Repeats ${list}. The steps before stay as they are.` };
    default: return { label: 'Retry all', act: `Retry all ${counted(repeats.length, 'step')}`, repeats: `Repeats everything: ${list}.` };
  }
}
