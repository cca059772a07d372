import { afterEach, expect, it, vi } from 'vitest';
import { mayHaveSession, rememberWhether } from './sign';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

it('does not ask for a session in a browser where nobody ever signed in, or where the last one signed out', () => {
  expect(mayHaveSession()).toBe(false);
  rememberWhether(true);
  expect(mayHaveSession()).toBe(true);
  rememberWhether(false);
  expect(mayHaveSession()).toBe(false);
});

it('asks where the browser keeps nothing, and remembers nothing there', () => {
  const off = () => { throw new DOMException('storage is off', 'SecurityError'); };
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(off);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(off);
  rememberWhether(true);
  expect(mayHaveSession()).toBe(true);
});
