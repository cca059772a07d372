import { describe, expect, it } from 'vitest';
import { lastHour } from './slices';
import { subjectLink } from './subject-link';

describe('the overview of Ops', () => {
  it('counts the last hour over all queues, with empty slices', () => {
    const hour = lastHour(
      [
        { from: '2026-11-22T13:55:00Z', completed: 4, dead: 0 }, { from: '2026-11-22T13:55:00Z', completed: 1, dead: 2 },
        { from: '2026-11-22T12:00:00Z', completed: 9, dead: 9 },
      ],
      '2026-11-22T14:02:00Z',
    );
    expect(hour).toHaveLength(12);
    expect(hour.at(-2)).toMatchObject({ completed: 5, dead: 2 });
    expect(hour.reduce((total, { completed }) => total + completed, 0)).toBe(5);
  });

  it('leads to what is the matter', () => {
    expect(subjectLink({ run_id: 'run_1' })).toMatchObject({ to: '/ops/runs/$runId' });
    expect(subjectLink({ queue: 'media' })).toMatchObject({ to: '/ops/jobs', search: { queue: 'media' } });
    expect(subjectLink({ dependency: 'redis' })).toBeUndefined();
  });
});
