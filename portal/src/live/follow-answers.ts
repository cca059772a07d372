import type { QueryClient } from '@tanstack/react-query';
import { isProblem } from '@/session/problem';
import { setConnection } from './connection';

/** For staff, who have no stream: their pages ask every few seconds, and how that goes tells the connection. */
export function followAnswers(queries: QueryClient): () => void {
  return queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    if (event.action.type === 'success') setConnection({ kind: 'live' });
    if (event.action.type === 'failed' && isProblem(event.action.error) && event.action.error.passes) {
      setConnection({ kind: navigator.onLine ? 'reconnecting' : 'offline', showing: new Date() });
    }
  });
}
