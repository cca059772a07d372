import type { Me, Role, SignedIn } from '@/client';

/** Who is signed in on this page. The access token lives in this memory only; the refresh token in a cookie
 *  that no script can read. */
export interface Session {
  accessToken: string;
  /** Milliseconds since 1970, on this machine's clock. */
  expiresAt: number;
  account: Me;
}

export const sessionFrom = (answer: SignedIn, now: number): Session => ({
  accessToken: answer.access_token,
  expiresAt: now + answer.expires_in_seconds * 1000,
  account: answer.account,
});

type Listener = () => void;

/** Holds the session and tells who listens when it changes. */
export class SessionHolder {
  #session: Session | undefined;
  readonly #listeners = new Set<Listener>();

  get current(): Session | undefined {
    return this.#session;
  }

  set(session: Session | undefined): void {
    this.#session = session;
    this.#listeners.forEach((listener) => { listener(); });
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => role === 'ops' || role === 'admin');
export const isCreator = (roles: readonly Role[]): boolean => roles.some((role) => role === 'creator' || role === 'admin');
