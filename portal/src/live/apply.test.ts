import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Content, ContentPage, Upload, UploadPage } from '@/client';
import { applyLive } from './apply';
import { backoff } from './stream';

const content = (id: string, state: string, more: object = {}) => ({ id, state, title: id, ...more }) as unknown as Content;
const upload = (id: string, state: string) => ({ id, state }) as unknown as Upload;
const listKey = [{ _id: 'contentsList', _infinite: true }];
const list = (...items: Content[]): InfiniteData<ContentPage> => ({ pages: [{ items }], pageParams: [''] });

it('changes a row where it stands', () => {
  const queries = new QueryClient();
  queries.setQueryData(listKey, list(content('cnt_1', 'private'), content('cnt_2', 'transcoding')));
  applyLive(queries, { event: 'content', data: content('cnt_2', 'public') });
  const shown = queries.getQueryData<InfiniteData<ContentPage>>(listKey)?.pages[0]?.items;
  expect(shown?.map(({ id, state }) => [id, state])).toEqual([['cnt_1', 'private'], ['cnt_2', 'public']]);
});

it('does not put a new work above what somebody reads', () => {
  const queries = new QueryClient();
  const before = list(content('cnt_1', 'private'));
  queries.setQueryData(listKey, before);
  applyLive(queries, { event: 'content', data: content('cnt_9', 'uploading') });
  expect(queries.getQueryData(listKey)).toEqual(before);
});

it('keeps the picture that is shown when an event carries none', () => {
  const queries = new QueryClient();
  const key = [{ _id: 'contentsShow', path: { id: 'cnt_1' } }];
  queries.setQueryData(key, content('cnt_1', 'private', { thumbnail_url: 'signed' }));
  applyLive(queries, { event: 'content', data: content('cnt_1', 'public') });
  expect(queries.getQueryData(key)).toMatchObject({ state: 'public', thumbnail_url: 'signed' });
});

it('takes an upload off the unfinished ones when the server has it', () => {
  const queries = new QueryClient();
  const key = [{ _id: 'uploadsList' }];
  queries.setQueryData<UploadPage>(key, { items: [upload('upl_1', 'uploading')] });
  applyLive(queries, { event: 'upload', data: upload('upl_2', 'uploading') });
  applyLive(queries, { event: 'upload', data: upload('upl_1', 'submitted') });
  expect(queries.getQueryData<UploadPage>(key)?.items.map(({ id }) => id)).toEqual(['upl_2']);
});

it('waits longer after each failure, never over thirty seconds', () => {
  expect([1, 2, 3, 9].map((failures) => backoff(failures, 1))).toEqual([1000, 2000, 4000, 30_000]);
  expect(backoff(3, 0)).toBe(2000);
});
