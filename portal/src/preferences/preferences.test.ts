import { expect, it } from 'vitest';
import { parsePreferences } from './preferences';

it('keeps a known time zone and drops one that no clock knows', () => {
  expect(parsePreferences('{"timeZone":"Europe/Berlin"}').timeZone).toBe('Europe/Berlin');
  expect(parsePreferences('{"timeZone":"Mars/Olympus"}').timeZone).toBeUndefined();
});

it('has single keys on until somebody turns them off', () => {
  expect(parsePreferences(null).singleKeys).toBe(true);
  expect(parsePreferences('not json').singleKeys).toBe(true);
  expect(parsePreferences('{"singleKeys":false}').singleKeys).toBe(false);
});
