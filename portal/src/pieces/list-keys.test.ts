import { expect, it } from 'vitest';
import { nextRow } from './list-keys';

it('moves through a list with j and k and stops at its ends', () => {
  expect(nextRow('j', -1, 3)).toBe(0);
  expect(nextRow('j', 2, 3)).toBe(2);
  expect(nextRow('k', 1, 3)).toBe(0);
  expect(nextRow('k', 0, 3)).toBe(0);
  expect(nextRow('End', 0, 3)).toBe(2);
});

it('leaves other keys and empty lists alone', () => {
  expect(nextRow('x', 0, 3)).toBeUndefined();
  expect(nextRow('j', -1, 0)).toBeUndefined();
});
