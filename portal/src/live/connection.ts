import { useSyncExternalStore } from 'react';

/** Whether what the page shows is kept up to date by the server. */
export type Connection =
  | { kind: 'live' }
  | { kind: 'connecting' }
  /** The values are as of `showing`. */
  | { kind: 'reconnecting' | 'offline'; showing: Date };

let connection: Connection = { kind: 'connecting' };
const listeners = new Set<() => void>();

export function setConnection(next: Connection): void {
  // The moment of the last good answer stays the same while we try again.
  const showing = 'showing' in connection && 'showing' in next ? connection.showing : undefined;
  connection = showing ? { ...next, showing } as Connection : next;
  listeners.forEach((listener) => { listener(); });
}

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
