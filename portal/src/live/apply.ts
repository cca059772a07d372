import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Content, ContentPage, Notification, NotificationPage, Upload, UploadPage } from '@/client';
import { addArrival } from './arrivals';
import type { LiveEvent } from './stream';

/** Puts one live event into what the page holds. Rows change in place; a work that no list holds waits as an arrival. */
export function applyLive(queries: QueryClient, { event, data }: LiveEvent): void {
  switch (event) {
    case 'content': applyContent(queries, data as Content); break;
    case 'upload': applyUpload(queries, data as Upload); break;
    case 'notification': applyNotification(queries, data as Notification); break;
    default: break; // A newer server may say more than this page knows.
  }
}

/** The predicate for every cached answer of one generated operation. */
export const answersOf = (operation: string) => ({
  predicate: ({ queryKey }: { queryKey: readonly unknown[] }) =>
    (queryKey[0] as { _id?: string } | undefined)?._id === operation,
});

function applyContent(queries: QueryClient, content: Content): void {
  const held = changeWork(queries, content.id, (shown) => keepTemporary(shown, content));
  if (!held && content.state !== 'deleted') addArrival(content.id);
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => {
      const [key] = queryKey as [{ _id?: string; path?: { id?: string } } | undefined];
      return key?._id === 'contentsTimeline' && key.path?.id === content.id;
    },
  });
}

type WorkList = InfiniteData<ContentPage> | ContentPage;

/** Changes a work wherever the page holds it; true when a list does. */
export function changeWork(queries: QueryClient, id: string, change: (work: Content) => Content): boolean {
  let held = false;
  const inPage = (page: ContentPage): ContentPage => {
    if (!page.items.some((work) => work.id === id)) return page;
    held = true;
    return { ...page, items: page.items.map((work) => (work.id === id ? change(work) : work)) };
  };
  queries.setQueriesData<Content>(answersOf('contentsShow'), (shown) => (shown?.id === id ? change(shown) : shown));
  queries.setQueriesData<WorkList>(answersOf('contentsList'), (list) => {
    if (!list) return list;
    return 'pages' in list ? { ...list, pages: list.pages.map(inPage) } : inPage(list);
  });
  return held;
}

/** A signed address in an event may be absent; the one that the page already shows stays good. */
const keepTemporary = (shown: Content, content: Content): Content =>
  content.thumbnail_url || !shown.thumbnail_url ? content : { ...content, thumbnail_url: shown.thumbnail_url };

function applyUpload(queries: QueryClient, upload: Upload): void {
  queries.setQueriesData<UploadPage>(answersOf('uploadsList'), (list) => {
    if (!list) return list;
    const others = list.items.filter(({ id }) => id !== upload.id);
    const known = others.length < list.items.length;
    if (upload.state !== 'uploading') return { ...list, items: others };
    return { ...list, items: known ? list.items.map((row) => (row.id === upload.id ? upload : row)) : [upload, ...list.items] };
  });
}

function applyNotification(queries: QueryClient, notification: Notification): void {
  queries.setQueriesData<NotificationPage>(answersOf('notificationsList'), (list) =>
    list && !list.items.some(({ id }) => id === notification.id)
      ? { ...list, items: [notification, ...list.items] }
      : list);
}
