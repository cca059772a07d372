import { describe, expect, it, vi } from 'vitest';
import type { Me } from '@/client';
import { Renewal, type SessionNews } from './refresh';
import { SessionHolder, type Session } from './session';

const account = { id: 'acc_1', email: 'a@demo.test', display_name: 'A', roles: ['creator'] } as unknown as Me;
const session = (name: string, expiresAt: number): Session => ({ accessToken: name, expiresAt, account });

/** One browser: a lock that tabs queue behind, a cookie that can be spent once, and a clock. */
function browser() {
  let lock: Promise<unknown> = Promise.resolve();
  let issued = 0;
  const state = { now: 0, cookieGood: true, renewals: 0 };
  const tabs: Renewal[] = [];
  const openTab = (first?: Session) => {
    const holder = new SessionHolder();
    holder.set(first);
    const tab: Renewal = new Renewal(holder, {
      renew: async () => {
        state.renewals += 1;
        await Promise.resolve();
        issued += 1;
        return state.cookieGood ? session(`token-${issued}`, state.now + 900_000) : undefined;
      },
      alone: <T>(_: string, work: () => Promise<T>) => {
        const turn = lock.then(work);
        lock = turn.catch(() => undefined);
        return turn;
      },
      tell: (news: SessionNews) => { tabs.filter((other) => other !== tab).forEach((other) => { other.heard(news); }); },
      now: () => state.now,
    });
    tabs.push(tab);
    return { tab, holder };
  };
  return { state, openTab };
}

describe('the session of a page', () => {
  it('sends the token that it has while that is fresh', async () => {
    const { state, openTab } = browser();
    const { tab } = openTab(session('first', 900_000));
    expect(await tab.token()).toBe('first');
    expect(state.renewals).toBe(0);
  });

  it('renews once for many requests at the same moment', async () => {
    const { state, openTab } = browser();
    const { tab } = openTab(session('old', 10_000));
    expect(await Promise.all([tab.token(), tab.token(), tab.token()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(state.renewals).toBe(1);
  });

  it('renews once over two tabs, and the tab that waited takes what the other got', async () => {
    const { state, openTab } = browser();
    const one = openTab(session('old', 10_000));
    const two = openTab(session('old', 10_000));
    expect(await Promise.all([one.tab.token(), two.tab.token()])).toEqual(['token-1', 'token-1']);
    expect(state.renewals).toBe(1);
  });

  it('renews a token that looks fresh when the server has refused it', async () => {
    const { openTab } = browser();
    const { tab } = openTab(session('revoked', 900_000));
    expect((await tab.renew('revoked'))?.accessToken).toBe('token-1');
  });

  it('signs every tab out when the cookie is no longer good', async () => {
    const { state, openTab } = browser();
    const one = openTab(session('old', 10_000));
    const two = openTab(session('other', 900_000));
    state.cookieGood = false;
    expect(await one.tab.token()).toBeUndefined();
    expect(one.holder.current).toBeUndefined();
    expect(two.holder.current).toBeUndefined();
  });

  it('keeps the session when the renewal could not reach the server', async () => {
    const holder = new SessionHolder();
    holder.set(session('old', 10_000));
    const tell = vi.fn();
    const tab = new Renewal(holder, {
      renew: () => Promise.reject(new Error('offline')),
      alone: (_, work) => work(), tell, now: () => 0,
    });
    await expect(tab.token()).rejects.toThrow('offline');
    expect(holder.current?.accessToken).toBe('old');
    expect(tell).not.toHaveBeenCalled();
  });

  it('is due a minute before its end', () => {
    const { openTab } = browser();
    expect(openTab(session('a', 900_000)).tab.dueIn()).toBe(840_000);
    expect(openTab().tab.dueIn()).toBeUndefined();
  });
});
