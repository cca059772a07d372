import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

// What is waited for comes when the machine has time for it: these tests run beside a compiler.
configure({ asyncUtilTimeout: 15_000 });

// Unit tests have no network: what a page shows, they put into the query cache. The browser tests have the real API.
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('there is no network here')));

// The test page has no fonts to wait for.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });
