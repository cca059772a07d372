import { useSyncExternalStore } from 'react';

/** Works that came while a list was open. They wait behind "4 new": nothing moves under the hand. */
let arrivals: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

const change = (next: ReadonlySet<string>) => {
  arrivals = next;
  listeners.forEach((listener) => { listener(); });
};

export function addArrival(id: string): void {
  if (!arrivals.has(id)) change(new Set([...arrivals, id]));
}

export function clearArrivals(): void {
  if (arrivals.size > 0) change(new Set());
}

export const useArrivals = (): number =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => arrivals.size,
  );
