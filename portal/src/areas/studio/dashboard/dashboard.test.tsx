import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Content, Dashboard, Upload } from '@/client';
import { analyticsDashboardQueryKey, contentsListQueryKey, notificationsListQueryKey, uploadsListQueryKey } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { dashboard, late, overview } from '@/testing/figures';
import { open, signedInAs } from '@/testing/page';
import { upload, work } from '@/testing/samples';

const failure = { code: 'transcode.failed', sentence: "We couldn't prepare this. The original is safe.", what_to_do: 'Try again.', retryable: true };

function show(answer: Dashboard, needs: { works?: Content[]; uploads?: Upload[] } = {}) {
  queries.setQueryData(analyticsDashboardQueryKey(), answer);
  queries.setQueryData(contentsListQueryKey({ query: { status: 'processing', sort: 'newest', limit: 50 } }), { items: needs.works ?? [] });
  queries.setQueryData(uploadsListQueryKey({ query: { state: 'uploading', limit: 100 } }), { items: needs.uploads ?? [] });
  return open('/studio');
}

beforeEach(() => {
  queries.clear();
  signedInAs('creator');
  queries.setQueryData(notificationsListQueryKey({ query: { limit: 20 } }), { items: [] });
});

describe('the dashboard', () => {
  it('is where a creator begins', async () => {
    show(dashboard());
    const router = open('/');
    await screen.findAllByRole('heading', { name: 'Dashboard' });
    expect(router.state.location.pathname).toBe('/studio');
  });

  it('says how far its figures are complete, and shows them short with how they stand', async () => {
    show(dashboard());
    expect(await screen.findByText(/^Complete to 21 Nov\. 22 Nov is still being counted\./)).toBeTruthy();
    const views = within(screen.getByRole('group', { name: 'Views' }));
    expect(views.getByText('12.4K')).toBeTruthy();
    expect(views.getByText('12,400')).toBeTruthy();
    expect(views.getByText('24% more than in the 28 days before (10,000)')).toBeTruthy();
    expect(screen.getByText('Nothing needs you.')).toBeTruthy();
  });

  it('charts the numbers of the answer, day by day', async () => {
    show(dashboard());
    (await screen.findByRole('application', { name: /^Views per day/ })).focus();
    await userEvent.keyboard('{Home}');
    expect(await screen.findByText('Sun 25 Oct 2026: 100. 28 days before: 80.')).toBeTruthy();
    expect(screen.getAllByRole('application').map((one) => one.getAttribute('aria-label')?.split('.')[0])).toEqual(['Views per day', 'Minutes per day', 'Likes per day']);
  });

  it('puts the newest work beside the usual one, and leads to its analytics', async () => {
    show(dashboard());
    const newest = within(await screen.findByRole('region', { name: 'Newest work' }));
    expect(newest.getByText('120 views in its first 3 days; usually 80.')).toBeTruthy();
    expect(newest.getByText('50% above the usual')).toBeTruthy();
    expect(newest.getByRole('link', { name: 'Beach' }).getAttribute('href')).toContain('/studio/analytics?content=cnt_');
  });

  it('says calmly that the count is late, and hatches the late day', async () => {
    show(dashboard({ freshness: late(), overview: overview({ to: '2026-11-20', freshness: late() }) }));
    expect(await screen.findByText('Late.')).toBeTruthy();
    expect(screen.getByText(/nothing is lost/)).toBeTruthy();
    expect(screen.getAllByText('Late', { selector: 'text' })).toHaveLength(3);
  });

  it('puts what needs somebody first, with the reason', async () => {
    show(dashboard(), { works: [work({ state: 'failed', title: 'Storm', failure }), work({ id: 'cnt_2', state: 'transcoding' })], uploads: [upload()] });
    const needs = within(await screen.findByRole('region', { name: 'Needs you' }));
    expect(needs.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      "Needs youStormWe couldn't prepare this. The original is safe. Try again.", 'Paused1 upload waits for youWhat was sent is saved.',
    ]);
  });

  it('offers a new creator the one thing to do', async () => {
    show(dashboard({ state: 'empty', top: [], newest: undefined as never }));
    expect(await screen.findByText('First figures tomorrow.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Choose files' })).toBeTruthy();
    expect(screen.queryByRole('application')).toBeNull();
  });

  it('says on the first day when figures come, and shows what there is until then', async () => {
    show(dashboard({ state: 'first_day', top: [], newest: undefined as never }));
    expect(await screen.findByText('First figures tomorrow.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See what happens now' }).getAttribute('href')).toBe('/studio/analytics?show=realtime');
  });

  it('says that it could not load, never that there is nothing', async () => {
    queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retryDelay: 1 } });
    queries.setQueryData(contentsListQueryKey({ query: { status: 'processing', sort: 'newest', limit: 50 } }), { items: [] });
    queries.setQueryData(uploadsListQueryKey({ query: { state: 'uploading', limit: 100 } }), { items: [] });
    open('/studio');
    expect(await screen.findByText(/Your figures couldn't load\./)).toBeTruthy();
    expect(screen.getByText('Nothing needs you.')).toBeTruthy();
    expect(screen.queryByText('First figures tomorrow.')).toBeNull();
  });
});
