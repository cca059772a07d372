import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Content } from '@/client';
import {
  contentsDeleteMutation, contentsPublishMutation, contentsRestoreMutation, contentsRetryMutation, contentsUnpublishMutation,
} from '@/client/@tanstack/react-query.gen';
import { answersOf, changeWork } from '@/live/apply';
import { say, sayProblem, sayWithUndo } from '@/pieces/say';

/** Shows a work as the server now has it, wherever it is on the page. */
export function showWork(queries: QueryClient, work: Content): void {
  changeWork(queries, work.id, () => work);
}

/** What can be done with a work at once. What can be taken back offers Undo instead of a question. */
export function useWorkActs(work: Content) {
  const queries = useQueryClient();
  const path = { id: work.id };
  const show = (changed: Content) => { showWork(queries, changed); };
  const askAgain = () => Promise.all([
    queries.invalidateQueries(answersOf('contentsList')), queries.invalidateQueries(answersOf('contentsShow')),
  ]);

  const publish = useMutation({
    ...contentsPublishMutation(),
    onSuccess: (changed) => { show(changed); sayWithUndo(`“${work.title}” is public. Everyone sees it.`, () => { unpublish.mutate({ path }); }); },
    onError: (error) => { sayProblem('Not public', error); },
  });
  const unpublish = useMutation({
    ...contentsUnpublishMutation(),
    onSuccess: (changed) => { show(changed); sayWithUndo(`“${work.title}” is private. Only you see it.`, () => { publish.mutate({ path }); }); },
    onError: (error) => { sayProblem('Still public', error); },
  });
  const restore = useMutation({
    ...contentsRestoreMutation(),
    onSuccess: () => { say(`“${work.title}” is back.`); return askAgain(); },
    onError: (error) => { sayProblem('Not restored', error); },
  });
  const remove = useMutation({
    ...contentsDeleteMutation(),
    onSuccess: () => { sayWithUndo(`“${work.title}” is deleted.`, () => { restore.mutate({ path }); }); return askAgain(); },
    onError: (error) => { sayProblem('Not deleted', error); },
  });
  const retry = useMutation({
    ...contentsRetryMutation(),
    onSuccess: (changed) => { show(changed); say('We try again. The original is safe.'); return askAgain(); },
    onError: (error) => { sayProblem('Not tried again', error); },
  });

  return {
    publish: () => { publish.mutate({ path }); },
    unpublish: () => { unpublish.mutate({ path }); },
    remove: () => { remove.mutate({ path }); },
    restore: () => { restore.mutate({ path }); },
    retry: () => { retry.mutate({ path }); },
    busy: publish.isPending || unpublish.isPending || remove.isPending || restore.isPending || retry.isPending,
  };
}
