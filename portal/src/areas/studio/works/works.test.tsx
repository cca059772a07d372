import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, renderHook, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentsShowOptions } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { answersInTurn, ok, pathOf, refused } from '@/testing/answers';
import { contentId, work } from '@/testing/samples';
import { useWorkActs } from './acts';
import { ConflictPanel } from './conflict-panel';
import { useEdit } from './edit';

let api: ReturnType<typeof answersInTurn>;

const asked = () => api.asked.map((request) => `${request.method} ${pathOf(request).split('/').at(-1) ?? ''} ${request.headers.get('if-match') ?? ''}`.trim());
const around = ({ children }: { children: ReactNode }) => (
  <MantineProvider env="test"><QueryClientProvider client={queries}><Notifications />{children}</QueryClientProvider></MantineProvider>
);
const shown = () => queries.getQueryData(contentsShowOptions({ path: { id: contentId } }).queryKey);

beforeEach(() => {
  api = answersInTurn();
  queries.setQueryData(contentsShowOptions({ path: { id: contentId } }).queryKey, work());
});

afterEach(() => { queries.clear(); });

describe('what is done with a work', () => {
  it('is shown at once, and can be taken back', async () => {
    const { result } = renderHook(() => useWorkActs(work()), { wrapper: around });
    api.answer(ok(work({ state: 'public', status: 'public' })), ok(work()));
    act(() => { result.current.publish(); });
    expect(await screen.findByText('“Beach” is public. Everyone sees it.')).toBeTruthy();
    expect(shown()).toMatchObject({ state: 'public' });
    act(() => { screen.getByRole('button', { name: 'Undo' }).click(); });
    expect(await screen.findByText('“Beach” is private. Only you see it.')).toBeTruthy();
    expect(asked()).toEqual(['POST publish', 'POST unpublish']);
  });

  it('is said with its reason when it was refused', async () => {
    const { result } = renderHook(() => useWorkActs(work()), { wrapper: around });
    api.answer(refused(409, 'contents.not_ready', { detail: 'It is on its way' }));
    act(() => { result.current.publish(); });
    expect(await screen.findByText('It is on its way. (contents.not_ready)')).toBeTruthy();
    expect(shown()).toMatchObject({ state: 'private' });
  });
});

describe('an edit', () => {
  it('is saved on the version that was read', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    api.answer(ok(work({ title: 'Sea', version: 4 })));
    await act(() => result.current.save({ title: 'Sea' }));
    expect(asked()).toEqual([`PATCH ${contentId} "3"`]);
    expect(shown()).toMatchObject({ title: 'Sea', version: 4 });
  });

  it('that meets a newer version loses neither text, and is saved on what was seen', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    api.answer(refused(412, 'contents.changed'), ok(work({ title: 'Sand', version: 7 })), ok(work({ title: 'Sea', version: 8 })));
    await act(() => result.current.save({ title: 'Sea' }));
    expect(result.current.conflict).toMatchObject({ theirs: { title: 'Sand' }, mine: { title: 'Sea' } });
    await act(() => result.current.save({ title: 'Sea' }));
    expect(asked().at(-1)).toBe(`PATCH ${contentId} "7"`);
    expect(result.current.conflict).toBeUndefined();
  });

  it('can give way to what is there', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    api.answer(refused(412, 'contents.changed'), ok(work({ title: 'Sand', version: 7 })));
    await act(() => result.current.save({ title: 'Sea' }));
    act(() => { result.current.takeTheirs(); });
    expect(shown()).toMatchObject({ title: 'Sand' });
  });

  it('says why it was not saved', async () => {
    const { result } = renderHook(() => useEdit(work()), { wrapper: around });
    api.answer(refused(400, 'contents.bad_title'));
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
