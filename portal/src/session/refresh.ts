import type { Session, SessionHolder } from './session';

/** How long before its end a token is renewed. */
const marginMilliseconds = 60_000;
const lockName = 'creator-studio-session';

/** What the renewal needs of its surroundings. */
export interface Surroundings {
  /** Asks the API for a new session; undefined when the cookie is no longer good. */
  renew: () => Promise<Session | undefined>;
  /** Runs the work while no other tab does: the refresh token rotates, and two tabs must not spend the same one. */
  alone: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Tells the other tabs of this browser. */
  tell: (news: SessionNews) => void;
  now: () => number;
}

export type SessionNews = { kind: 'renewed'; session: Session } | { kind: 'signed_out' };

/** Keeps the access token fresh: one renewal at a time over all calls and all tabs. */
export class Renewal {
  #flight: Promise<Session | undefined> | undefined;

  constructor(
    private readonly holder: SessionHolder,
    private readonly around: Surroundings,
  ) {}

  /** The token to send with a request; undefined when nobody is signed in. */
  async token(): Promise<string | undefined> {
    const session = this.holder.current;
    if (!session) return undefined;
    if (this.#isFresh(session)) return session.accessToken;
    return (await this.renew())?.accessToken;
  }

  /** Renews now. Callers that come meanwhile share the answer; a tab that waited takes what another tab got. */
  renew(refused?: string): Promise<Session | undefined> {
    this.#flight ??= this.around
      .alone(lockName, async () => {
        const known = this.holder.current;
        if (known && this.#isFresh(known) && known.accessToken !== refused) return known;
        const session = await this.around.renew();
        this.holder.set(session);
        this.around.tell(session ? { kind: 'renewed', session } : { kind: 'signed_out' });
        return session;
      })
      .finally(() => { this.#flight = undefined; });
    return this.#flight;
  }

  /** News from another tab. */
  heard(news: SessionNews): void {
    this.holder.set(news.kind === 'renewed' ? news.session : undefined);
  }

  /** Milliseconds until the next renewal is due; undefined when nobody is signed in. */
  dueIn(): number | undefined {
    const session = this.holder.current;
    return session && Math.max(0, session.expiresAt - marginMilliseconds - this.around.now());
  }

  #isFresh(session: Session): boolean {
    return session.expiresAt - this.around.now() > marginMilliseconds / 2;
  }
}
