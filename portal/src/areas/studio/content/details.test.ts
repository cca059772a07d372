import { expect, it } from 'vitest';
import { changesOf } from './details';

const work = { title: 'Beach', description: 'Sun', tags: ['sea', 'sand'] };

it('sends only what was changed', () => {
  expect(changesOf(work, { ...work, title: 'Beach ' })).toEqual({});
  expect(changesOf(work, { ...work, title: 'Lake', tags: ['sea', 'sand'] })).toEqual({ title: 'Lake' });
});

it('sees a changed order, an added and a removed tag', () => {
  expect(changesOf(work, { ...work, tags: ['sand', 'sea'] })).toEqual({ tags: ['sand', 'sea'] });
  expect(changesOf(work, { ...work, tags: ['sea'] })).toEqual({ tags: ['sea'] });
});
