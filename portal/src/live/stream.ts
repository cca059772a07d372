import { eventsStream } from '@/client';
import { sendWithSession } from '@/session';
import { setConnection } from './connection';

/** One message of the server's stream. */
export interface LiveEvent {
  event: string;
  data: unknown;
}

const firstWait = 1_000;
const longestWait = 30_000;
/** The server sends something at least every 15 s; a silent line is a dead one. */
const silence = 45_000;
/** A connection that ends sooner did not work. */
const shortest = 5_000;

/** Reads the event stream until stopped, resuming after each break where the last one ended.
 *  `resumed` is called when a new connection stands, after a break. */
export function readLive(heard: (event: LiveEvent) => void, resumed: () => void): () => void {
  const stop = new AbortController();
  void follow(heard, resumed, stop.signal);
  return () => { stop.abort(); };
}

async function follow(heard: (event: LiveEvent) => void, resumed: () => void, stop: AbortSignal): Promise<void> {
  let lastEventId: string | undefined;
  let failures = 0;
  let connections = 0;
  while (!stop.aborted) {
    const line = new Line(stop);
    const { stream } = await eventsStream({
      signal: line.signal,
      ...(lastEventId === undefined ? {} : { headers: { 'Last-Event-ID': lastEventId } }),
      // One connection a call: the waits between them are ours, since they follow the network and the session.
      sseMaxRetryAttempts: 1,
      fetch: async (input, init) => {
        const response = await sendWithSession(input, init);
        if (response.ok) {
          line.stands();
          connections += 1;
          setConnection({ kind: 'live' });
          if (connections > 1) resumed();
        }
        return response;
      },
      onSseEvent: (message) => {
        line.spoke();
        if (message.id) lastEventId = message.id;
        if (message.event) heard({ event: message.event, data: message.data });
      },
    });
    // Events are handed over by `onSseEvent`; running the stream is what reads it.
    await drain(stream);
    line.end();
    // The server ends a long connection by itself; that is no failure, and the next one follows at once.
    if (line.lasted > shortest && navigator.onLine) { failures = 0; continue; }
    failures += 1;
    await waitToReconnect(failures, stop);
  }
}

/** One connection: ended from outside, or when it has been silent for too long. */
class Line {
  readonly #hangUp = new AbortController();
  readonly #stop = () => { this.#hangUp.abort(); };
  #watchdog = setTimeout(this.#stop, silence);
  #since = Infinity;

  constructor(private readonly outside: AbortSignal) {
    outside.addEventListener('abort', this.#stop, { once: true });
    // A browser that goes offline may keep a dead line open for minutes.
    window.addEventListener('offline', this.#stop);
  }

  get signal(): AbortSignal {
    return this.#hangUp.signal;
  }

  /** Milliseconds since the server accepted it; negative when it never did. */
  get lasted(): number {
    return Date.now() - this.#since;
  }

  stands(): void {
    this.#since = Date.now();
  }

  spoke(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(this.#stop, silence);
  }

  end(): void {
    clearTimeout(this.#watchdog);
    this.outside.removeEventListener('abort', this.#stop);
    window.removeEventListener('offline', this.#stop);
  }
}

async function waitToReconnect(failures: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const offline = !navigator.onLine;
  setConnection({ kind: offline ? 'offline' : 'reconnecting', showing: new Date() });
  const wait = offline ? longestWait : backoff(failures, Math.random());
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, wait);
    window.addEventListener('online', done);
    stop.addEventListener('abort', done);
  });
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  const events = stream[Symbol.asyncIterator]();
  while (!(await events.next()).done);
}

/** Doubles from one second to thirty, spread over its upper half so that pages do not come back in step. */
export function backoff(failures: number, luck: number): number {
  const whole = Math.min(longestWait, firstWait * 2 ** (failures - 1));
  return whole / 2 + (whole / 2) * luck;
}
