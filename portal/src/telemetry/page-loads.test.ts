import { expect, it } from 'vitest';
import { PageLoadClock } from './page-loads';

it('times the first page from the start of the navigation and later ones from the click', () => {
  const clock = new PageLoadClock();
  clock.left(20); // the router starts; the person has waited since zero
  expect(clock.shown('/studio/library', 480.4)).toEqual({ page: '/studio/library', milliseconds: 480, kind: 'first' });
  clock.left(5000);
  expect(clock.shown('/studio/upload', 5060)).toEqual({ page: '/studio/upload', milliseconds: 60, kind: 'navigation' });
});
