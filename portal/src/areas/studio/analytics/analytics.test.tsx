import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Overview } from '@/client';
import {
  analyticsAudienceQueryKey, analyticsContentsQueryKey, analyticsOverviewQueryKey, analyticsRealtimeQueryKey, analyticsRetentionQueryKey,
  contentsShowQueryKey, exportsListQueryKey, notificationsListQueryKey, uploadsListQueryKey,
} from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { answersInTurn, ok } from '@/testing/answers';
import { audience, exported, freshness, overview, realtime, retention, topContent } from '@/testing/figures';
import { open, signedInAs } from '@/testing/page';
import { contentId, work } from '@/testing/samples';

const days = { from: '2026-10-25', to: '2026-11-21' };

function usual(change: Partial<Overview> = {}) {
  queries.setQueryData(analyticsOverviewQueryKey({ query: {} }), overview(change));
}

beforeEach(() => {
  queries.clear();
  signedInAs('creator');
  queries.setQueryData(uploadsListQueryKey({ query: { state: 'uploading', limit: 100 } }), { items: [] });
  queries.setQueryData(notificationsListQueryKey({ query: { limit: 20 } }), { items: [] });
  usual();
});

describe('the overview of analytics', () => {
  it('says how sure it is, then shows the figures and what does not count with the rule that says why', async () => {
    usual({ set_aside: [{ rule: 'flood', sentence: 'One session reported more views than a person can watch.', views: 124, watch_minutes: 33.5 }, { rule: 'none', sentence: 'Nothing.', views: 0, watch_minutes: 0 }] });
    open('/studio/analytics');
    expect(await screen.findByText(/^Complete to 21 Nov\..*Days are in UTC\./)).toBeTruthy();
    const aside = within(screen.getByRole('region', { name: 'Set aside' }));
    expect(aside.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['124 views, 33.5 min. One session reported more views than a person can watch.']);
    expect(screen.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBe('page');
  });

  it('keeps the range in the address, ending with the last complete day', async () => {
    const week = { from: '2026-11-15', to: '2026-11-21' };
    queries.setQueryData(analyticsOverviewQueryKey({ query: week }), overview({ ...week, totals: { ...overview().totals, views: 777 } }));
    const router = open('/studio/analytics');
    await userEvent.click(await screen.findByText('7 d'));
    expect(await screen.findByText('777', { selector: '[aria-hidden]' })).toBeTruthy();
    expect(router.state.location.search).toEqual({ range: 7 });
    expect(screen.getByText('15 Nov to 21 Nov 2026')).toBeTruthy();
    expect(screen.getByText(/Last full day 21 Nov\./)).toBeTruthy();
  });

  it('compares with as many days before until that is switched off', async () => {
    queries.setQueryData(analyticsOverviewQueryKey({ query: { compare: false } }), { ...overview(), previous: undefined });
    const router = open('/studio/analytics');
    expect(await screen.findAllByText('Before')).toHaveLength(3);
    await userEvent.click(screen.getByRole('switch', { name: 'Compare with before' }));
    await expect.poll(() => screen.queryAllByText('Before')).toHaveLength(0);
    expect(router.state.location.search).toEqual({ compare: false });
  });

  it('says why two days are no range, and takes those that are', async () => {
    const own = { from: '2026-09-01', to: '2026-09-07' };
    queries.setQueryData(analyticsOverviewQueryKey({ query: own }), overview(own));
    const router = open('/studio/analytics');
    await userEvent.click(await screen.findByText('Dates'));
    const [first, last] = [screen.getByLabelText('First day'), screen.getByLabelText('Last day')];
    await userEvent.clear(last);
    await userEvent.type(last, '2026-09-07');
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(screen.getByRole('alert').textContent).toBe('The first day is after the last.');
    await userEvent.clear(first);
    await userEvent.type(first, '2026-09-01');
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    await expect.poll(() => router.state.location.search).toEqual(own);
    expect(await screen.findByText('1 Sep to 7 Sep 2026')).toBeTruthy();
  });

  it('says that figures come tomorrow while no day is complete', async () => {
    usual({ daily_stats: [], freshness: freshness({ complete_through: undefined as never, sentence: 'First figures tomorrow.' }) });
    open('/studio/analytics');
    expect(await screen.findByText('First figures tomorrow.')).toBeTruthy();
    expect(screen.getByText(/^No day is complete yet\. A day is counted/)).toBeTruthy();
  });

  it('is about one work when the address says so, until all are wanted again', async () => {
    queries.setQueryData(analyticsOverviewQueryKey({ query: { content: contentId } }), overview({ content: contentId }));
    queries.setQueryData(contentsShowQueryKey({ path: { id: contentId } }), work());
    const router = open(`/studio/analytics?content=${contentId}`);
    await userEvent.click(await screen.findByRole('button', { name: 'Only Beach. Show all works' }));
    expect(router.state.location.search).toEqual({});
  });
});

describe('the parts of analytics', () => {
  it('list works in the order that is asked for, with exact figures', async () => {
    queries.setQueryData(analyticsContentsQueryKey({ query: { ...days, sort: 'views', limit: 100 } }), { ...days, items: [topContent()], freshness: freshness() });
    queries.setQueryData(analyticsContentsQueryKey({ query: { ...days, sort: 'likes', limit: 100 } }), { ...days, items: [topContent({ title: 'Most liked of all' })], freshness: freshness() });
    const router = open('/studio/analytics?show=works');
    expect((await screen.findAllByRole('row'))[1]?.textContent).toContain('Beach12,48031,200.527');
    await userEvent.click(screen.getByText('Most liked'));
    expect(await screen.findByText('Most liked of all')).toBeTruthy();
    expect(router.state.location.search).toEqual({ show: 'works', by: 'likes' });
  });

  it('show the audience, and say where too few viewers stand behind a figure', async () => {
    queries.setQueryData(analyticsAudienceQueryKey({ query: days }), audience());
    open('/studio/analytics?show=audience');
    const age = within(await screen.findByRole('region', { name: 'Age' }));
    expect(age.getAllByRole('row').slice(1).map((row) => row.textContent)).toEqual(['18–244038%', '25–346058%']);
    expect(age.getByText('Too few viewers to show: 4 views.')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Gender' })).getByText('Too few viewers to show.')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'Country' })).getAllByRole('rowheader').map((row) => row.textContent)).toEqual(['Germany', 'France']);
    expect(screen.getByText(/at least 5 viewers stand behind it/)).toBeTruthy();
  });

  it('ask of which work the retention is wanted', async () => {
    queries.setQueryData(analyticsContentsQueryKey({ query: { ...days, sort: 'views', limit: 10 } }), { ...days, items: [topContent()], freshness: freshness() });
    open('/studio/analytics?show=retention');
    expect((await screen.findByRole('link', { name: 'Beach' })).getAttribute('href')).toBe(`/studio/analytics?show=retention&content=${contentId}`);
  });

  it('walk the retention by places of the work, and show nothing that too few watched', async () => {
    queries.setQueryData(analyticsOverviewQueryKey({ query: { content: contentId } }), overview({ content: contentId }));
    queries.setQueryData(contentsShowQueryKey({ path: { id: contentId } }), work());
    const key = analyticsRetentionQueryKey({ path: { id: contentId }, query: days });
    queries.setQueryData(key, retention());
    open(`/studio/analytics?show=retention&content=${contentId}`);
    (await screen.findByRole('application')).focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    expect(screen.getByText('1:40 (50%): 64%.')).toBeTruthy();
    queries.setQueryData(key, retention({ too_few: true, points: [] }));
    expect(await screen.findByText('Too few viewers to show.')).toBeTruthy();
  });

  it('mark what happens now as an estimate, and add it to nothing', async () => {
    queries.setQueryData(analyticsRealtimeQueryKey({ query: {} }), realtime());
    open('/studio/analytics?show=realtime');
    expect(await screen.findAllByText('Estimate')).toHaveLength(2);
    expect(screen.getByText("Estimate. Final figures come with the day's count.")).toBeTruthy();
    expect(['12', '480'].map((count) => screen.getAllByText(count)[0]?.tagName)).toEqual(['P', 'P']);
    queries.setQueryData(analyticsRealtimeQueryKey({ query: {} }), realtime({ available: false }));
    expect(await screen.findByText(/can't be asked for just now/)).toBeTruthy();
  });

  it('ask for an export of what is shown, and hand it out once it is ready', async () => {
    const { asked, answer } = answersInTurn();
    usual();
    queries.setQueryData(exportsListQueryKey({ query: { limit: 20 } }), { items: [exported(), exported({ id: 'exp_2', state: 'failed', problem: 'The store did not answer.', file_name: 'x.csv' })] });
    open('/studio/analytics?show=exports');
    const ready = await screen.findByRole('link', { name: 'Download daily-2026-11-21.csv' });
    expect(ready.getAttribute('href')).toBe('https://files.test/daily.csv');
    expect(screen.getAllByText('The store did not answer.').length).toBeGreaterThan(0);
    answer(ok(exported({ id: 'exp_3', state: 'waiting' })), ok({ items: [exported({ id: 'exp_3', state: 'waiting' })] }));
    await userEvent.click(screen.getByRole('button', { name: 'Export as CSV' }));
    expect((await screen.findAllByText('Being written')).length).toBeGreaterThan(0);
    const [create] = asked.filter(({ method }) => method === 'POST');
    expect(create?.headers.get('Idempotency-Key')).toBeTruthy();
    expect(await create?.json()).toEqual({ report: 'daily', ...days });
  });

  it('say why there is nothing to export yet', async () => {
    usual({ daily_stats: [], freshness: freshness({ complete_through: undefined as never }) });
    queries.setQueryData(exportsListQueryKey({ query: { limit: 20 } }), { items: [] });
    open('/studio/analytics?show=exports');
    const button = await screen.findByRole('button', { name: 'Export as CSV' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('There is no complete day yet. First figures tomorrow.')).toBeTruthy();
  });
});
