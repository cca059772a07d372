import { expect, it } from 'vitest';
import { whyNotCancel, whyNotRetry } from './legal';

it('allows what the server allows', () => {
  const dead = { state: 'dead' as const, actions: ['retry' as const] };
  expect(whyNotRetry(dead)).toBeUndefined();
  expect(whyNotCancel(dead)).toMatch(/has ended/);
});

it('says why a running job cannot be retried', () => {
  const running = { state: 'running' as const, actions: ['cancel' as const] };
  expect(whyNotRetry(running)).toMatch(/is running/);
  expect(whyNotCancel(running)).toBeUndefined();
});
