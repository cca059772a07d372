import type { Worker, WorkerState } from '@/client';
import type { Stated } from '@/words/stated';

export const workerWords: Record<WorkerState, Pick<Stated, 'word' | 'role' | 'icon'>> = {
  silent: { word: 'Silent', role: 'warn', icon: 'alert' },
  alive: { word: 'Alive', role: 'good', icon: 'check' },
  lost: { word: 'Lost', role: 'bad', icon: 'octagon' },
  stopped: { word: 'Stopped', role: 'neutral', icon: 'x' },
};

const order = Object.keys(workerWords);

/** Those that should speak and don't, then the living, then those that ended. */
export const silentFirst = <T extends Pick<Worker, 'state'>>(workers: readonly T[]): T[] =>
  workers.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
