import type { QueueRow } from '@/client';

type Known = Pick<QueueRow, 'name' | 'due' | 'oldest_due_seconds'>;
const lateness = ({ due, oldest_due_seconds: seconds }: Known): number => (due > 0 ? seconds : -1);

/** The latest first; those on time after them, by name. */
export const byLateness = <T extends Known>(queues: readonly T[]): T[] =>
  queues.toSorted((one, other) => lateness(other) - lateness(one) || one.name.localeCompare(other.name));
