import { expect, it } from 'vitest';
import { deviceOf } from './device';

it('names a device as its owner would', () => {
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36')).toBe('Chrome on Linux');
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604')).toBe('Safari on iOS');
  expect(deviceOf('curl/8.1')).toBe('curl');
  expect(deviceOf(undefined)).toBe('Unknown device');
});
