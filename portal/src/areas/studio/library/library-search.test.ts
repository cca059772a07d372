import { expect, it } from 'vitest';
import { isNarrowed, parseLibrarySearch } from './library-search';

it('reads the view out of the address', () => {
  expect(parseLibrarySearch({ q: 'beach', status: 'private', sort: 'title', view: 'grid', deleted: true })).toEqual({
    q: 'beach', status: 'private', sort: 'title', view: 'grid', deleted: true,
  });
});

it('drops what it does not know and does not write defaults out', () => {
  expect(parseLibrarySearch({ q: '  ', status: 'sold', sort: 'newest', view: 'table', deleted: false, page: 3 })).toEqual({});
});

it('searches for a number as for any word', () => {
  expect(parseLibrarySearch({ q: 2026 })).toEqual({ q: '2026' });
});

it('knows when a filter explains an empty list', () => {
  expect(isNarrowed({ kind: 'audio' })).toBe(true);
  expect(isNarrowed({ sort: 'title', view: 'grid' })).toBe(false);
});
