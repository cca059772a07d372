import type { RunItem, Step } from '@/client';
import { exact } from '@/format/sizes';
import { stepWords } from '@/words/job-words';
import type { Stated } from '@/words/stated';

type Counts = Pick<Step, 'items_total' | 'items_completed' | 'items_failed'>;

/** `12 of 16 done`, `12 of 16 done, 1 failed` */
export function itemsDone({ items_total: total = 0, items_completed: done = 0, items_failed: failed = 0 }: Counts): string {
  return `${exact(done)} of ${exact(total)} done${failed > 0 ? `, ${exact(failed)} failed` : ''}`;
}

/** Where an item stands, in the words of steps; a state that this page does not know is shown as it came. */
export const itemLook = (state: string): Pick<Stated, 'word' | 'role' | 'icon'> =>
  state in stepWords ? stepWords[state as keyof typeof stepWords] : { word: state, role: 'neutral', icon: 'clock' };

const order = ['failed', 'running', 'waiting', 'pending'];
const place = ({ state }: Pick<RunItem, 'state'>): number => (order.includes(state) ? order.indexOf(state) : order.length);

/** What failed first, then what is under way, what has not begun, and what is done; within each as they came. */
export const failedFirst = <T extends Pick<RunItem, 'state'>>(items: readonly T[]): T[] => items.toSorted((one, other) => place(one) - place(other));
