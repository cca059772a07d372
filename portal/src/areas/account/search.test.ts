import { expect, it } from 'vitest';
import { parseNext, parseToken } from './search';

it('goes back to the page that asked for sign-in', () => {
  expect(parseNext({ next: '/studio/library?q=beach' })).toEqual({ next: '/studio/library?q=beach' });
});

it('never leads to another site', () => {
  for (const next of ['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)', 7]) {
    expect(parseNext({ next })).toEqual({});
  }
});

it('takes the token of a mailed link', () => {
  expect(parseToken({ token: 'abc' })).toEqual({ token: 'abc' });
  expect(parseToken({ token: '' })).toEqual({});
});
