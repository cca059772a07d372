import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { opsAnalyticsQueryKey, opsBusinessQueryKey, opsOverviewQueryKey, opsRejectedEventsInfiniteQueryKey } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { freshness, late, opsAnalytics } from '@/testing/figures';
import { open, signedInAs } from '@/testing/page';
import { listed, overview } from '@/testing/samples';
import { publishingChart } from './business-section';
import { byCode, lagSentence } from './count-words';

beforeEach(() => {
  queries.clear();
  signedInAs('ops');
  queries.setQueryData(opsOverviewQueryKey(), overview());
  queries.setQueryData(opsAnalyticsQueryKey(), opsAnalytics());
});

describe('the count of days', () => {
  it('shows each day with its parts, what it set aside, and the run that counted it', async () => {
    open('/ops/analytics');
    const days = within(await screen.findByRole('table', { name: 'Days' }));
    expect(days.getAllByRole('row')[2]?.textContent).toMatch(/^21 Nov 2026Counted16 of 1640,211882/);
    expect(days.getByRole('link', { name: 'Run of 21 Nov 2026' }).getAttribute('href')).toBe('/ops/runs/run_1');
  });

  it('says how far behind it is, and what the lines to other servers do', async () => {
    queries.setQueryData(opsAnalyticsQueryKey(), opsAnalytics({ freshness: late() }));
    open('/ops/analytics');
    expect(await screen.findByText('Late.')).toBeTruthy();
    expect(screen.getByText('The last complete day ended 13 h 53 min ago.')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Outbox' })).getByText('7 waiting, the oldest for 1 min 5 s.')).toBeTruthy();
    expect(lagSentence(freshness({ complete_through: undefined as never }))).toBe('No day is complete yet.');
  });

  it('adds up what was rejected by code, and shows what it looked like', async () => {
    queries.setQueryData(opsRejectedEventsInfiniteQueryKey({ query: { code: 'engagement.too_old', limit: 10 } }), listed({
      id: 'rej_1', at: '2026-11-22T10:00:00Z', origin: 'http', code: 'engagement.too_old', detail: 'It is 9 days old.', sample: '{"kind":"view"}',
    }));
    const router = open('/ops/analytics');
    const row = await screen.findByRole('row', { name: /engagement\.too_old/ });
    expect(row.textContent).toBe('engagement.too_old12214');
    await userEvent.click(within(row).getByRole('button'));
    expect(await screen.findByText('{"kind":"view"}')).toBeTruthy();
    expect(router.state.location.search).toEqual({ code: 'engagement.too_old' });
  });

  it('has the codes with the most events first', () => {
    const count = (code: string, origin: 'http' | 'stream', count: number) => ({ date: '2026-11-22', code, origin, count });
    expect(byCode([count('a', 'http', 1), count('b', 'stream', 4), count('a', 'stream', 2)])).toEqual([
      { code: 'b', http: 0, stream: 4, total: 4 }, { code: 'a', http: 1, stream: 2, total: 3 },
    ]);
  });
});

it('the business figures say what they mean, and which month is not over', async () => {
  queries.setQueryData(opsBusinessQueryKey(), {
    months: [
      { month: '2026-11', creators_published: 120, creators_published_before: 100, creators_retained: 64, retention_percent: 64, complete: false },
      { month: '2026-10', creators_published: 100, creators_published_before: 0, creators_retained: 0, complete: true },
    ],
    days: [{ date: '2026-11-21', contents_published: 4, creators_published: 3 }, { date: '2026-11-20', contents_published: 2, creators_published: 1 }],
    definitions: [{ figure: 'creators_retained', sentence: 'Creators who published in this month and in the one before.' }], freshness: freshness(),
  });
  open('/ops/analytics?show=business');
  const months = within(await screen.findByRole('table', { name: 'Creators by month' }));
  expect(months.getAllByRole('row').slice(1).map((row) => row.textContent)).toEqual(['Nov 2026 Counting1201006464.0%', 'Oct 2026 10000None before']);
  expect(screen.getByText('Creators who published in this month and in the one before.')).toBeTruthy();
  expect(publishingChart([{ date: '2026-11-21', contents_published: 4, creators_published: 3 }, { date: '2026-11-20', contents_published: 2, creators_published: 1 }]).lines[0]?.values).toEqual([2, 4]);
});
