import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contentsShowOptions } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { connectClient } from '@/session';
import { contentId, work } from '@/testing/samples';
import { useWorkActs } from './acts';
import { ConflictPanel } from './conflict-panel';
import { useEdit } from './edit';

/** What was asked, and what is answered next. A unit test has no API; the browser tests have. */
let asked: { what: string; ifMatch: string | null }[];
let answers: Response[];

const answer = (body: unknown) => new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } });
const refused = (status: number, code: string) => new Response(
  JSON.stringify({ type: 'about:blank', title: 'Refused', status, code, detail: `It is ${code}` }),
  { status, headers: { 'content-type': 'application/problem+json' } },
);
const around = ({ children }: { children: ReactNode }) => (
  <MantineProvider env="test"><QueryClientProvider client={queries}><Notifications />{children}</QueryClientProvider></MantineProvider>
);
const shown = () => queries.getQueryData(contentsShowOptions({ path: { id: contentId } }).queryKey);

beforeEach(() => {
  asked = [];
  answers = [];
  vi.stubGlobal('fetch', (request: Request) => {
    const [verb, noun] = new URL(request.url).pathname.split('/').toReversed();
    asked.push({ what: `${request.method} ${noun === 'contents' ? 'it' : (verb ?? '')}`, ifMatch: request.headers.get('if-match') });
    const next = answers.shift();
    return next ? Promise.resolve(next) : Promise.reject(new TypeError('the network is gone'));
  });
  connectClient();
  queries.setQueryData(contentsShowOptions({ path: { id: contentId } }).queryKey, work());
});

afterEach(() => { queries.clear(); });

describe('what is done with a work', () => {
  it('is shown at once, and can be taken back', async () => {
    const { result } = renderHook(() => useWorkActs(work()), { wrapper: around });
    answers = [answer(work({ state: 'public', status: 'public' })), answer(work())];
    act(() => { result.current.publish(); });
    expect(await screen.findByText('“Beach” is public. Everyone sees it.')).toBeTruthy();
    expect(shown()).toMatchObject({ state: 'public' });
    act(() => { screen.getByRole('button', { name: 'Undo' }).click(); });
    expect(await screen.findByText('“Beach” is private. Only you see it.')).toBeTruthy();
    expect(asked.map(({ what }) => what)).toEqual(['POST publish', 'POST unpublish']);
  });

  it('is said with its reason when it was refused', async () => {
    const { result } = renderHook(() => useWorkActs(work()), { wrapper: around });
    answers = [refused(409, 'contents.not_ready')];
    act(() => { result.current.publish(); });
    expect(await screen.findByText(/It is contents\.not_ready\. \(contents\.not_ready\)/)).toBeTruthy();
    expect(shown()).toMatchObject({ state: 'private' });
  });
});

describe('an edit', () => {
  it('is saved on the version that was read', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    answers = [answer(work({ title: 'Sea', version: 4 }))];
    await act(() => result.current.save({ title: 'Sea' }));
    expect(asked).toEqual([{ what: 'PATCH it', ifMatch: '"3"' }]);
    expect(shown()).toMatchObject({ title: 'Sea', version: 4 });
  });

  it('that meets a newer version loses neither text, and is saved on what was seen', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    answers = [refused(412, 'contents.changed'), answer(work({ title: 'Sand', version: 7 })), answer(work({ title: 'Sea', version: 8 }))];
    await act(() => result.current.save({ title: 'Sea' }));
    expect(result.current.conflict).toMatchObject({ theirs: { title: 'Sand' }, mine: { title: 'Sea' } });
    await act(() => result.current.save({ title: 'Sea' }));
    expect(asked.at(-1)).toEqual({ what: 'PATCH it', ifMatch: '"7"' });
    expect(result.current.conflict).toBeUndefined();
  });

  it('can give way to what is there', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    answers = [refused(412, 'contents.changed'), answer(work({ title: 'Sand', version: 7 }))];
    await act(() => result.current.save({ title: 'Sea' }));
    act(() => { result.current.takeTheirs(); });
    expect(shown()).toMatchObject({ title: 'Sand' });
  });

  it('says why it was not saved', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    answers = [refused(400, 'contents.bad_title')];
    await act(() => result.current.save({ title: '' }));
    await waitFor(() => { expect(result.current.problem?.code).toBe('contents.bad_title'); });
    expect(result.current.saving).toBe(false);
  });

  it('shows both texts of a conflict and the choice', () => {
    const chosen: string[] = [];
    render(
      <ConflictPanel
        conflict={{ theirs: work({ title: 'Sand' }), mine: { title: 'Sea', tags: ['sea'] } }}
        saving={false}
        onSaveMine={() => { chosen.push('mine'); }}
        onTakeTheirs={() => { chosen.push('theirs'); }}
      />,
      { wrapper: around },
    );
    expect(screen.getByText(/Title now: “Sand”/).textContent).toContain('Yours: “Sea”');
    expect(screen.queryByText(/Tags now/), 'what both have is no conflict').toBeNull();
    screen.getByRole('button', { name: 'Save mine' }).click();
    screen.getByRole('button', { name: 'Keep what is there' }).click();
    expect(chosen).toEqual(['mine', 'theirs']);
  });
});
