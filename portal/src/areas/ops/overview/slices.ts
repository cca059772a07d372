import type { QueueFigure } from '@/client';

const slice = 5 * 60_000;
const slices = 12;

export interface Slice {
  from: Date;
  completed: number;
  dead: number;
}

/** The last hour in slices of five minutes over all queues; a slice in which nothing finished counts nothing. */
export function lastHour(figures: readonly Pick<QueueFigure, 'from' | 'completed' | 'dead'>[], until: string): Slice[] {
  const end = Math.floor(Date.parse(until) / slice) * slice;
  return Array.from({ length: slices }, (_, index) => {
    const from = end - (slices - 1 - index) * slice;
    const mine = figures.filter((figure) => Math.floor(Date.parse(figure.from) / slice) * slice === from);
    return {
      from: new Date(from),
      completed: mine.reduce((total, { completed }) => total + completed, 0),
      dead: mine.reduce((total, { dead }) => total + dead, 0),
    };
  });
}
