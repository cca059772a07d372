import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '@/client';
import {
  contentsListInfiniteQueryKey, contentsListQueryKey, contentsShowQueryKey, contentsTimelineQueryKey, notificationsListQueryKey, uploadsListQueryKey,
} from '@/client/@tanstack/react-query.gen';
import { applyLive } from '@/live/apply';
import { queries } from '@/queries';
import { open, signedInAs } from '@/testing/page';
import { contentId, listed, upload, work } from '@/testing/samples';
import { setSending, turnAway } from '@/uploading/sendings';
import { ApiProblem } from '@/session/problem';

const failure = { code: 'transcode.failed', sentence: "We couldn't prepare this. The original is safe.", what_to_do: 'Try again.', retryable: true };

function library(...works: Content[]) {
  queries.setQueryData(contentsListInfiniteQueryKey({ query: { sort: 'newest', limit: 30 } }), listed(...works));
}

beforeEach(() => {
  queries.clear();
  signedInAs('creator');
  queries.setQueryData(uploadsListQueryKey({ query: { state: 'uploading', limit: 100 } }), { items: [] });
  queries.setQueryData(notificationsListQueryKey({ query: { limit: 20 } }), { items: [] });
});

describe('the library', () => {
  it('says of each work in what state it is', async () => {
    library(work(), work({ id: 'cnt_2', title: 'Lake', state: 'public' }), work({ id: 'cnt_3', title: 'Tape', state: 'failed', failure }));
    open('/studio/library');
    const rows = await screen.findAllByRole('row');
    expect(rows.slice(1).map((row) => within(row).getAllByText(/Only you see it|Everyone sees it|couldn't prepare/)[0]?.textContent)).toEqual([
      'Only you see it', 'Everyone sees it', "We couldn't prepare this. The original is safe. Try again.",
    ]);
  });

  it('offers a new creator the one thing to do', async () => {
    library();
    open('/studio/library');
    expect(await screen.findByText('Nothing here yet.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Choose files' })).toBeTruthy();
  });

  it('keeps new works behind a button while somebody reads', async () => {
    library(work());
    open('/studio/library');
    await screen.findByText('Beach');
    applyLive(queries, { event: 'content', data: work({ id: 'cnt_9', title: 'Newest' }) });
    expect(await screen.findByRole('button', { name: '1 new' })).toBeTruthy();
    expect(screen.queryByText('Newest')).toBeNull();
  });

  it('edits a title where it stands, and Escape gives it back', async () => {
    library(work());
    open('/studio/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Edit the title Beach' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Title' }), ' at dawn{Escape}');
    expect(await screen.findByRole('link', { name: 'Beach' })).toBeTruthy();
  });

  it('offers only the acts that a state allows', async () => {
    library(work({ state: 'public' }));
    open('/studio/library');
    await userEvent.click(await screen.findByRole('button', { name: 'Acts for Beach' }));
    expect(await screen.findByText('Make private')).toBeTruthy();
    expect(screen.queryByText('Make public')).toBeNull();
  });

  it('shows pictures in a grid when the address says so', async () => {
    library(work({ kind: 'audio' }));
    open('/studio/library?view=grid');
    expect(await screen.findByRole('list', { name: 'Works' })).toBeTruthy();
  });
});

describe('a work', () => {
  const show = (change: Partial<Content>) => {
    queries.setQueryData(contentsShowQueryKey({ path: { id: contentId } }), work(change));
    queries.setQueryData(contentsTimelineQueryKey({ path: { id: contentId } }), {
      items: [{ step: 'arrive', words: 'All of the file arrived', state: 'done', finished_at: '2026-11-22T10:00:00Z' }, { step: 'prepare', words: 'Getting it ready to play', state: 'running' }],
    });
    open(`/studio/library/${contentId}`);
  };

  it('that is getting ready says that the file is safe, and why it cannot be public yet', async () => {
    show({ state: 'transcoding', status: 'processing', progress: { step: 'transcoding', percent: 42.7 } });
    expect(await screen.findByText(/File safe, 42% ready/)).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'Getting ready, 42%' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Make public' }).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText('All of the file arrived')).toBeTruthy();
  });

  it('that failed gives the reason, the step and a code', async () => {
    show({ state: 'failed', status: 'processing', failure });
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(screen.getByRole('button', { name: /transcode\.failed .*copy problem code/ })).toBeTruthy();
  });

  it('that was refused asks for another file', async () => {
    show({ state: 'refused', status: 'processing', failure: { ...failure, sentence: "This isn't video or audio.", retryable: false } });
    expect(await screen.findByRole('link', { name: 'Upload another file' })).toBeTruthy();
  });

  it('keeps what is typed when it changes elsewhere, and follows when nothing is typed', async () => {
    show({ state: 'expired', status: 'processing' });
    const title = await screen.findByRole('textbox', { name: 'Title' });
    applyLive(queries, { event: 'content', data: work({ state: 'expired', version: 4, title: 'From elsewhere' }) });
    await screen.findByDisplayValue('From elsewhere');
    await userEvent.type(title, ', typed');
    applyLive(queries, { event: 'content', data: work({ state: 'expired', version: 5, title: 'Again from elsewhere' }) });
    await screen.findByRole('heading', { name: 'Again from elsewhere' });
    expect(title).toHaveProperty('value', 'From elsewhere, typed');
  });
});

describe('the upload page', () => {
  const page = (...uploads: ReturnType<typeof upload>[]) => {
    queries.setQueryData(uploadsListQueryKey({ query: { state: 'uploading', limit: 100 } }), { items: uploads });
    queries.setQueryData(contentsListQueryKey({ query: { sort: 'newest', limit: 8 } }), { items: [work({ state: 'checking', status: 'processing' })] });
    open('/studio/upload');
  };

  it('asks for the file of an upload that another device began', async () => {
    page(upload());
    expect(await screen.findByText('62% saved. Choose beach.mp4 again')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Choose beach.mp4' })).toBeTruthy();
  });

  it('shows rate and time left while it sends, and asks before it gives up what is saved', async () => {
    setSending('upl_1', { phase: 'sending', savedBytes: 620, sentBytes: 650, secondsLeft: 170, bytesPerSecond: 2_000_000, resentParts: 1 });
    page(upload());
    expect(await screen.findByText('65% sent, 3 min left')).toBeTruthy();
    expect(screen.getByText(/2 MB\/s · a damaged piece was sent again/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel beach.mp4' }));
    expect(screen.getByText('What is saved is removed.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Keep' }));
    expect(screen.getByRole('button', { name: 'Pause beach.mp4' })).toBeTruthy();
    setSending('upl_1', undefined);
  });

  it('says why a file was turned away, until that is read', async () => {
    turnAway('notes.txt', new ApiProblem(415, 'upload.unsupported_type', "This isn't video or audio.", 'Export as MP4.', 'req_1', {}, undefined));
    page();
    expect(await screen.findByText(/notes\.txt was not uploaded\. This isn't video or audio\./)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/notes\.txt/)).toBeNull();
  });
});
