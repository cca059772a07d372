import { useSyncExternalStore } from 'react';
import type { ApiProblem } from '@/session/problem';

/** What this page knows of an upload beyond what the server says. */
export interface Sending {
  phase: 'queued' | 'sending' | 'waiting' | 'paused' | 'finishing' | 'failed' | 'elsewhere';
  savedBytes: number;
  sentBytes: number;
  secondsLeft?: number | undefined;
  bytesPerSecond?: number | undefined;
  resentParts: number;
  problem?: ApiProblem | undefined;
}

/** A file that was turned away before a byte moved. */
export interface TurnedAway {
  key: string;
  fileName: string;
  problem: ApiProblem;
}

interface State {
  sendings: ReadonlyMap<string, Sending>;
  turnedAway: readonly TurnedAway[];
}

let state: State = { sendings: new Map(), turnedAway: [] };
const listeners = new Set<() => void>();

function set(next: State): void {
  state = next;
  listeners.forEach((listener) => { listener(); });
}

export const sendingOf = (uploadId: string): Sending | undefined => state.sendings.get(uploadId);

export function setSending(uploadId: string, sending: Sending | undefined): void {
  const sendings = new Map(state.sendings);
  if (sending) sendings.set(uploadId, sending);
  else sendings.delete(uploadId);
  set({ ...state, sendings });
}

export function turnAway(fileName: string, problem: ApiProblem): void {
  set({ ...state, turnedAway: [...state.turnedAway, { key: crypto.randomUUID(), fileName, problem }] });
}

export function dismissTurnedAway(key: string): void {
  set({ ...state, turnedAway: state.turnedAway.filter((file) => file.key !== key) });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSendings = (): ReadonlyMap<string, Sending> => useSyncExternalStore(subscribe, () => state.sendings);
export const useTurnedAway = (): readonly TurnedAway[] => useSyncExternalStore(subscribe, () => state.turnedAway);

export const isBusy = (sending: Sending | undefined): boolean =>
  sending !== undefined && ['queued', 'sending', 'waiting', 'finishing'].includes(sending.phase);
