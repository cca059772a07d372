import { useSyncExternalStore } from 'react';
import { sessionsCreate, sessionsRefresh, sessionsSignOut, type Me } from '@/client';
import { client } from '@/client/client.gen';
import { tabLocks } from './locks';
import { isProblem, problemFrom } from './problem';
import { Renewal, type SessionNews } from './refresh';
import { SessionHolder, sessionFrom, type Session } from './session';
import { mayHaveSession, rememberWhether } from './sign';

const holder = new SessionHolder();
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('creator-studio-session') : undefined;

const renewal = new Renewal(holder, {
  renew: askForSession,
  alone: (name, work) => tabLocks()?.request(name, work) ?? work(),
  tell: (news) => { channel?.postMessage(news); },
  now: Date.now,
});
holder.subscribe(() => { rememberWhether(holder.current !== undefined); });
channel?.addEventListener('message', (message: MessageEvent<SessionNews>) => { renewal.heard(message.data); });

async function askForSession(): Promise<Session | undefined> {
  try {
    const { data } = await sessionsRefresh();
    return sessionFrom(data, Date.now());
  } catch (error) {
    if (isProblem(error) && !error.passes) return undefined;
    throw error;
  }
}

/** The client's transport. Sends a request; one that the server refuses for its token goes out once more with a renewed one. */
export async function sendWithSession(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const token = request.headers.get('authorization')?.replace(/^Bearer /, '');
  if (!token) return globalThis.fetch(request);
  const again = request.clone();
  const response = await globalThis.fetch(request);
  if (response.status !== 401) return response;
  const renewed = await renewal.renew(token);
  if (!renewed) return response;
  again.headers.set('authorization', `Bearer ${renewed.accessToken}`);
  return globalThis.fetch(again);
}

/** Connects the generated client to the session. Called once, before the first request. */
export function connectClient(): void {
  client.setConfig({
    baseUrl: window.location.origin,
    auth: () => renewal.token(),
    credentials: 'same-origin',
    fetch: sendWithSession,
  });
  // The client passes no response when none came, whatever its type says.
  client.interceptors.error.use((error, response) => problemFrom(error, response));
}

let opening: Promise<Session | undefined> | undefined;

/** The session that this browser still has, asked for once when the page loads. */
export const openSession = (): Promise<Session | undefined> => {
  if (holder.current) return Promise.resolve(holder.current);
  opening ??= (mayHaveSession() ? renewal.renew() : Promise.resolve(undefined)).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
};

export async function signIn(email: string, password: string): Promise<Session> {
  const { data } = await sessionsCreate({ body: { email, password } });
  const session = sessionFrom(data, Date.now());
  adoptSession(session);
  return session;
}

/** Makes a session the one of this page and of the other tabs. */
export function adoptSession(session: Session): void {
  holder.set(session);
  channel?.postMessage({ kind: 'renewed', session } satisfies SessionNews);
}

export async function signOut(): Promise<void> {
  await sessionsSignOut();
  forgetSession();
}

/** Ends the session on this page and in the other tabs, without asking the server. */
export function forgetSession(): void {
  holder.set(undefined);
  opening = Promise.resolve(undefined);
  channel?.postMessage({ kind: 'signed_out' } satisfies SessionNews);
}

/** Shows a change of one's own account everywhere at once. */
export function updateAccount(account: Me): void {
  if (holder.current) holder.set({ ...holder.current, account });
}

/** Renews the token shortly before its end for as long as the page lives. Returns what stops it. */
export function keepFresh(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = () => {
    clearTimeout(timer);
    const due = renewal.dueIn();
    // A failed renewal is asked for again by the next request; a lost network must not spin here.
    if (due !== undefined) timer = setTimeout(() => { renewal.renew(holder.current?.accessToken).catch(() => undefined); }, due);
  };
  plan();
  const stop = holder.subscribe(plan);
  return () => { clearTimeout(timer); stop(); };
}

export const currentSession = (): Session | undefined => holder.current;
export const onSessionChange = holder.subscribe;

export function useSession(): Session | undefined {
  return useSyncExternalStore(holder.subscribe, () => holder.current);
}

/** The signed-in account; only below the frame, where there is one. */
export function useAccount(): Me {
  const session = useSession();
  if (!session) throw new Error('no session below the frame');
  return session.account;
}
