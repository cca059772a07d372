import { vi } from 'vitest';
import { connectClient } from '@/session';

/** Unit tests have no API (the browser tests have the real one): they say what is answered, and see what was asked. */
export function answersInTurn() {
  const asked: Request[] = [];
  const waiting: Response[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    // The frame follows the stream and the notifications by itself, whenever it likes: these take no answer of a test.
    if (/\/v1\/(events|me\/notifications)$/.test(pathOf(request)) && request.method === 'GET') return Promise.reject(new TypeError('the network is gone'));
    asked.push(request);
    const next = waiting.shift();
    return next ? Promise.resolve(next) : Promise.reject(new TypeError('the network is gone'));
  });
  connectClient();
  return {
    asked,
    /** Answers the next requests, in this order; after them the line is lost. */
    answer: (...answers: Response[]) => { waiting.push(...answers); },
  };
}

export const ok = (body: unknown): Response => new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } });
export const done = (): Response => new Response(null, { status: 204 });

/** A problem document (RFC 9457). */
export const refused = (status: number, code: string, change: object = {}, headers: Record<string, string> = {}): Response => new Response(
  JSON.stringify({ type: 'about:blank', title: 'Refused', status, code, ...change }),
  { status, headers: { 'content-type': 'application/problem+json', ...headers } },
);

export const pathOf = (request: Request): string => new URL(request.url).pathname;
