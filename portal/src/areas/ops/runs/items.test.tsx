import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { RunItem } from '@/client';
import { opsOverviewQueryKey, runsShowQueryKey } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { open, signedInAs } from '@/testing/page';
import { overview, run, step } from '@/testing/samples';
import { failedFirst, itemsDone } from './item-words';

const item = (key: string, state: RunItem['state'], change: Partial<RunItem> = {}): RunItem => ({ key, state, attempts: 1, ...change });

beforeEach(() => {
  queries.clear();
  signedInAs('ops');
  queries.setQueryData(opsOverviewQueryKey(), overview());
});

it('a step that fans out says how many of its items are done, and shows those that failed first', async () => {
  const fannedOut = step({
    name: 'count_parts', state: 'failed', kind: 'fan_out', items_total: 16, items_completed: 2, items_failed: 1,
    items: [item('part-0', 'completed'), item('part-1', 'pending'), item('part-2', 'failed', { job_id: 'job_9', code: 'db.gone', error: 'the database went away' }), item('part-3', 'completed')],
  });
  queries.setQueryData(runsShowQueryKey({ path: { id: run().id } }), run({ current_step: 'count_parts', steps: [fannedOut] }));
  open(`/ops/runs/${run().id}`);
  const items = within(await screen.findByRole('table', { name: 'Items of count_parts' }));
  expect(items.getAllByRole('row').slice(1).map((row) => row.textContent.slice(0, 6))).toEqual(['part-2', 'part-1', 'part-0', 'part-3']);
  expect(items.getByText('[db.gone] the database went away')).toBeTruthy();
  expect(items.getByRole('link', { name: 'Job of part-2' }).getAttribute('href')).toBe('/ops/jobs/job_9');
  expect(screen.getByText('2 of 16 done, 1 failed. 4 are shown.')).toBeTruthy();
});

it('counts in words, and keeps the order of items that stand alike', () => {
  expect(itemsDone({ items_total: 16, items_completed: 16, items_failed: 0 })).toBe('16 of 16 done');
  expect(failedFirst([item('a', 'completed'), item('b', 'running'), item('c', 'completed')]).map(({ key }) => key)).toEqual(['b', 'a', 'c']);
});
