import { expect, it } from 'vitest';
import { byLateness } from './by-lateness';

it('puts the latest queue first and those on time by name', () => {
  const queue = (name: string, due = 0, oldest_due_seconds = 0) => ({ name, due, oldest_due_seconds });
  const sorted = byLateness([queue('mail'), queue('bulk'), queue('media', 2, 60), queue('money', 1, 3600), queue('new', 1, 0)]);
  expect(sorted.map(({ name }) => name)).toEqual(['money', 'media', 'new', 'bulk', 'mail']);
});
