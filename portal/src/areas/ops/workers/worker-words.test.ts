import { expect, it } from 'vitest';
import { silentFirst } from './worker-words';

it('puts a silent worker before the living and the ended', () => {
  const workers = (['stopped', 'alive', 'lost', 'silent'] as const).map((state) => ({ state }));
  expect(silentFirst(workers).map(({ state }) => state)).toEqual(['silent', 'alive', 'lost', 'stopped']);
});
