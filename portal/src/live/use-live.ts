import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isCreator } from '@/session/session';
import { useAccount } from '@/session';
import { answersOf, applyLive } from './apply';
import { followAnswers } from './follow-answers';
import { readLive } from './stream';

/** Keeps what the page shows up to date for as long as the frame stands: one stream per tab. */
export function useLive(): void {
  const queries = useQueryClient();
  const creator = isCreator(useAccount().roles);
  useEffect(
    () => creator ? readLive(
      (event) => { applyLive(queries, event); },
      () => {
        // A snapshot follows a resume; what no snapshot covers is asked for again.
        for (const operation of ['contentsList', 'contentsShow', 'uploadsList', 'notificationsList']) {
          void queries.invalidateQueries(answersOf(operation));
        }
      },
    ) : followAnswers(queries),
    [queries, creator],
  );
}
