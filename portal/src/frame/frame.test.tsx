import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { contentsListInfiniteQueryKey, jobsShowQueryKey, notificationsListQueryKey, opsOverviewQueryKey, uploadsListQueryKey } from '@/client/@tanstack/react-query.gen';
import { setPreferences } from '@/preferences/preferences';
import { queries } from '@/queries';
import { forgetSession } from '@/session';
import { open, signedInAs } from '@/testing/page';
import { job, listed, overview, upload, work } from '@/testing/samples';
import { connectionWords } from './connection-indicator';

const note = { id: 'ntf_1', kind: 'content.ready', title: '“Beach” is ready', body: 'Only you see it.', created_at: '2026-11-22T10:00:00Z', read: false };

beforeEach(() => {
  queries.clear();
  signedInAs('creator', 'ops');
  queries.setQueryData(opsOverviewQueryKey(), overview());
  queries.setQueryData(uploadsListQueryKey({ query: { state: 'uploading', limit: 100 } }), { items: [upload()] });
  queries.setQueryData(notificationsListQueryKey({ query: { limit: 20 } }), { items: [note] });
  queries.setQueryData(contentsListInfiniteQueryKey({ query: { sort: 'newest', limit: 30 } }), listed(work()));
});

describe('the frame', () => {
  it('names the areas of somebody with two roles', async () => {
    open('/studio/library');
    expect(await screen.findByText('Studio')).toBeTruthy();
    expect(screen.getByText('Ops')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Library' }).getAttribute('aria-current')).toBe('page');
  });

  it('shows unfinished uploads throughout the Studio', async () => {
    open('/studio/library');
    expect(await screen.findByText('1 upload waits for you')).toBeTruthy();
  });

  it('counts what is new, and shows it', async () => {
    open('/studio/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Notifications, 1 new' }));
    expect(await screen.findByText('“Beach” is ready')).toBeTruthy();
  });

  it('shows the keys on ?, and goes to a page by the palette', async () => {
    const router = open('/studio/library');
    await screen.findByText('Beach');
    await userEvent.keyboard('{Shift>}?{/Shift}');
    expect(await screen.findByText('Show these keys')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Go to a page or do something' }));
    await userEvent.type(await screen.findByPlaceholderText('Go to, do, or paste an id'), 'workers');
    await userEvent.click(await screen.findByRole('button', { name: /^Workers/ }));
    expect(router.state.location.pathname).toBe('/ops/workers');
  });

  it('opens a pasted id, whatever it is an id of', async () => {
    queries.setQueryData(jobsShowQueryKey({ path: { id: job().id } }), job());
    const router = open('/studio/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Go to a page or do something' }));
    await userEvent.type(await screen.findByPlaceholderText('Go to, do, or paste an id'), ` ${job().id} `);
    await userEvent.click(await screen.findByRole('button', { name: `Open ${job().id}` }));
    expect(router.state.location.pathname).toBe(`/ops/jobs/${job().id}`);
  });

  it('says so when nothing in the palette matches, and finds an act by its name', async () => {
    open('/studio/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Go to a page or do something' }));
    const asked = await screen.findByPlaceholderText('Go to, do, or paste an id');
    await userEvent.type(asked, 'zzz');
    expect(await screen.findByText(/^Nothing matches/)).toBeTruthy();
    await userEvent.clear(asked);
    await userEvent.type(asked, 'dark');
    await userEvent.click(await screen.findByRole('button', { name: /^Dark colours/ }));
    expect(document.documentElement.dataset.mantineColorScheme).toBe('dark');
  });

  it('leaves single keys alone where somebody turned them off', async () => {
    open('/studio/library');
    await screen.findByText('Beach');
    await userEvent.keyboard('{Shift>}?{/Shift}');
    await userEvent.click(await screen.findByRole('switch', { name: /^Single keys/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.keyboard('{Shift>}?{/Shift}');
    expect(screen.queryByText('Show these keys')).toBeNull();
    setPreferences({ singleKeys: true });
  });

  it('says in which zone the times are', async () => {
    open('/studio/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Account of Ana' }));
    expect(await screen.findByText(/^Times are in /)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Sign out' })).toBeTruthy();
  });

  it('stays and says so when the session ended elsewhere', async () => {
    open('/studio/library');
    await screen.findByText('Beach');
    forgetSession();
    expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in?next=%2Fstudio%2Flibrary');
  });
});

it('tells the connection in words', () => {
  const showing = new Date('2026-11-22T13:02:00Z');
  expect(connectionWords({ kind: 'live' }, 'UTC').text).toBe('Live');
  expect(connectionWords({ kind: 'reconnecting', showing }, 'Europe/Berlin').text).toBe('Reconnecting, showing 14:02');
  expect(connectionWords({ kind: 'offline', showing }, 'UTC')).toMatchObject({ text: 'Offline', means: "You see 13:02. Uploads go on when you're back." });
});
