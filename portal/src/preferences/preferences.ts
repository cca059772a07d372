import { useSyncExternalStore } from 'react';

/** What a person chose on this device. Nothing here is a secret or needed by the server. */
export interface Preferences {
  /** One zone for every axis, filter and tooltip; undefined follows the system. */
  timeZone: string | undefined;
  /** Single-letter shortcuts (`?` `/` `j` `k`), for people whose speech or switch input triggers them by accident. */
  singleKeys: boolean;
}

const key = 'creator-studio-preferences';
const defaults: Preferences = { timeZone: undefined, singleKeys: true };
const listeners = new Set<() => void>();

export function parsePreferences(text: string | null): Preferences {
  if (!text) return defaults;
  try {
    const saved = JSON.parse(text) as Partial<Record<keyof Preferences, unknown>>;
    return {
      timeZone: typeof saved.timeZone === 'string' && isZone(saved.timeZone) ? saved.timeZone : undefined,
      singleKeys: saved.singleKeys !== false,
    };
  } catch {
    return defaults; // Somebody else's or a cut-off value: the defaults are always right.
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

let current = parsePreferences(globalThis.localStorage.getItem(key));

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  globalThis.localStorage.setItem(key, JSON.stringify(current));
  listeners.forEach((listener) => { listener(); });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);

export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The one time zone of the page. */
export const useTimeZone = (): string => usePreferences().timeZone ?? systemZone();
