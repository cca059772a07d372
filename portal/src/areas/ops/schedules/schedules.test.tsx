import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { opsOverviewQueryKey, schedulesListQueryKey, schedulesShowQueryKey } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { answersInTurn, ok, pathOf } from '@/testing/answers';
import { schedule } from '@/testing/figures';
import { open, signedInAs } from '@/testing/page';
import { overview } from '@/testing/samples';
import { scheduleSentence } from './schedule-words';

const now = new Date('2026-11-22T02:15:00Z');

beforeEach(() => {
  queries.clear();
  signedInAs('ops');
  queries.setQueryData(opsOverviewQueryKey(), overview());
});

function show(shown: ReturnType<typeof schedule>) {
  queries.setQueryData(schedulesShowQueryKey({ path: { name: shown.name } }), shown);
  open(`/ops/schedules/${shown.name}`);
}

it('a schedule says when it fires next, how it fired last, and what it missed', () => {
  const [last] = schedule().firings;
  expect(scheduleSentence({ ...schedule({ missed_recently: 2, next_at: '2026-11-23T00:15:00Z' }), ...(last ? { last } : {}) }, 'UTC', now))
    .toBe('It fires next 23 Nov 2026, 00:15 UTC. It last fired on time, 2 h ago. 2 ticks were missed recently.');
  expect(scheduleSentence(schedule({ paused: true, paused_by: 'Olu', paused_at: '2026-11-22T01:15:00Z', pause_reason: 'The store is slow.' }), 'UTC', now))
    .toBe('Held by Olu, 1 h ago: The store is slow. It does not fire by itself. It has not fired yet.');
});

describe('the schedules', () => {
  it('show the held first, then those that missed something', async () => {
    queries.setQueryData(schedulesListQueryKey(), { items: [schedule({ name: 'a' }), schedule({ name: 'b', missed_recently: 2 }), schedule({ name: 'c', paused: true })] });
    open('/ops/schedules');
    const rows = await screen.findAllByRole('row');
    expect(rows.slice(1).map((row) => [within(row).getByRole('link').textContent, row.querySelector('td')?.textContent])).toEqual([['c', 'Held'], ['b', 'Missed 2'], ['a', 'On time']]);
  });

  it('say of each firing how it came about, and lead to its job and run', async () => {
    show(schedule());
    const firings = within(await screen.findByRole('table', { name: 'Firings' }));
    expect(firings.getByText('On time')).toBeTruthy();
    expect(firings.getByText('Olu')).toBeTruthy();
    expect(firings.getByText('Dead')).toBeTruthy();
    expect(firings.getByRole('link', { name: 'Run' }).getAttribute('href')).toBe('/ops/runs/run_1');
  });

  it('are triggered on record, and say before what that touches', async () => {
    show(schedule());
    await userEvent.click(await screen.findByRole('button', { name: 'Trigger' }));
    expect(await screen.findByText('One job analytics.begin_count is enqueued now. The next tick stays where it is.')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Reason'), 'Counted by hand');
    const { asked, answer } = answersInTurn();
    answer(ok(schedule()));
    await userEvent.click(screen.getByRole('button', { name: 'Trigger now' }));
    await screen.findByText('It fires now');
    const [act] = asked.filter(({ method }) => method === 'POST');
    expect(act && pathOf(act)).toBe('/v1/ops/schedules/analytics.count_days/trigger');
    expect(await act?.json()).toEqual({ reason: 'Counted by hand' });
  });

  it('say why an act is not possible now', async () => {
    show(schedule({ paused: true, paused_by: 'Olu', pause_reason: 'The store is slow' }));
    const pause = await screen.findByRole('button', { name: 'Pause' });
    expect(pause.getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(pause.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Held by Olu: The store is slow.');
    expect(screen.getByRole('button', { name: 'Resume' }).getAttribute('aria-disabled')).toBeNull();
  });
});
