import { expect, it } from 'vitest';
import { parseAuditSearch } from './audit/audit-search';
import { parseJobsSearch } from './jobs/jobs-search';
import { parseRunsSearch } from './runs/runs-search';

it('reads the filters of Ops out of the address and drops what it does not know', () => {
  expect(parseJobsSearch({ state: 'dead', queue: 'media', q: 404, name: '', page: 2 })).toEqual({ state: 'dead', queue: 'media', q: '404' });
  expect(parseJobsSearch({ state: 'sleeping' })).toEqual({});
  expect(parseRunsSearch({ state: 'failed', subject: 'cnt_1' })).toEqual({ state: 'failed', subject: 'cnt_1' });
  expect(parseAuditSearch({ action: 'job.retry', target: ' ' })).toEqual({ action: 'job.retry' });
});
