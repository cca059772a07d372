import type { Attempt, Content, Job, JobRow, Me, OpsOverview, QueueRow, Run, RunRow, Step, Upload, Worker } from '@/client';

/** Answers of the API for tests of pages: each whole, and changed where a test says so. */

export const contentId = `cnt_0192f0c18a7b7c3d9e4f5a6b7c8d9e0f`;
const at = (secondsAgo: number): string => new Date(Date.now() - secondsAgo * 1000).toISOString();

export const me = (change: Partial<Me> = {}): Me => ({
  id: 'acc_1', email: 'ana@demo.test', display_name: 'Ana', roles: ['creator'], email_verified: true, created_at: at(9e6),
  storage: { used_bytes: 3e9, quota_bytes: 5e10 }, ...change,
});

export const work = (change: Partial<Content> = {}): Content => ({
  id: contentId, kind: 'video', title: 'Beach', description: 'Sun', tags: ['sea'], status: 'private', state: 'private',
  upload_id: 'upl_1', file_name: 'beach.mp4', size_bytes: 4_200_000, duration_seconds: 62, width: 1920, height: 1080,
  upload_date: at(3600), version: 3, creator_id: 'acc_1', transcoding_status: 'completed', ...change,
});

export const upload = (change: Partial<Upload> = {}): Upload => ({
  id: 'upl_1', content_id: contentId, file_name: 'beach.mp4', title: 'Beach', size_bytes: 1000, media_type: 'video/mp4',
  state: 'uploading', part_size_bytes: 100, part_count: 10, received_bytes: 620, received_parts: 6,
  created_at: at(60), expires_at: at(-86400), version: 1, ...change,
});

export const queue = (change: Partial<QueueRow> = {}): QueueRow => ({
  name: 'media', due: 0, running: 0, retrying: 0, scheduled: 0, dead: 0, completed_last_hour: 12, oldest_due_seconds: 0, ...change,
});

export const overview = (change: Partial<OpsOverview> = {}): OpsOverview => ({
  environment: 'production', at: at(0), attention: [], oldest_due_seconds: 0, due: 0, running: 0, dead: 0, workers_alive: 2,
  queues: [queue()], figures: [{ queue: 'media', from: at(600), completed: 4, dead: 1, busy_milliseconds: 10 }],
  dependencies: [{ name: 'redis', up: false, latency_milliseconds: 1, since: at(60), problem: 'connection refused' }], ...change,
});

export const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  job_id: 'job_1', number: 1, outcome: 'failed', started_at: at(60), finished_at: at(58), milliseconds: 2100, worker: 'w-3:7',
  error_code: 'vod.unavailable', error: 'not taken', error_chain: ['not taken', 'connection refused'], trace_id: '4bf92f3577b34da6', ...change,
});

export const jobRow = (change: Partial<JobRow> = {}): JobRow => ({
  id: `job_0192f0c18a7b7c3d9e4f5a6b7c8d9e0f`, name: 'notify.send_mail', queue: 'mail', state: 'dead', attempt: 8, max_attempts: 8,
  tags: ['content=cnt_1'], created_at: at(600), due_at: at(590), error_code: 'smtp.refused', last_error: 'the mail was refused', ...change,
});

export const runbook = { path: 'ops/runbooks/send_mail.md', about: 'Sends a mail.', markdown: '# send_mail\n\nSends a mail.\n\n## When it is dead\n\nLook at `smtp`.' };

export const job = (change: Partial<Job> = {}): Job => ({
  ...jobRow(), arguments: { to: '[redacted]' }, reason: 'All 8 attempts failed. It needs a person.', actions: ['retry'],
  attempts: [attempt()], runbook, ...change,
});

export const step = (change: Partial<Step> = {}): Step => ({ name: 'probe', kind: 'work', state: 'completed', attempts: [], started_at: at(50), finished_at: at(49), ...change });

export const runRow = (change: Partial<RunRow> = {}): RunRow => ({
  id: `run_0192f0c18a7b7c3d9e4f5a6b7c8d9e0f`, workflow: 'publish_upload', version: 1, subject: 'upl_1', state: 'failed',
  current_step: 'hand_off', tags: [], started_at: at(600), updated_at: at(500), error_code: 'vod.unavailable', last_error: 'not taken', ...change,
});

export const run = (change: Partial<Run> = {}): Run => ({
  ...runRow(), input: { upload: 'upl_1' },
  steps: [
    step({ output: { codec: 'h264' } }),
    step({ name: 'hand_off', state: 'failed', attempts: [attempt()], error_chain: ['not taken'], error_code: 'vod.unavailable', job_id: 'job_1' }),
    { name: 'publish', kind: 'work', state: 'pending', attempts: [] },
  ],
  retries: [
    { from: 'failed_and_after', repeats: ['hand_off', 'publish'] }, { from: 'all', repeats: ['probe', 'hand_off', 'publish'] },
    { from: 'step', step: 'probe', repeats: ['probe'] }, { from: 'step', step: 'hand_off', repeats: ['hand_off'] },
  ],
  runbook, ...change,
});

export const worker = (change: Partial<Worker> = {}): Worker => ({
  id: 1, process: 'w-3:7', pools: ['media'], version: '0.1.0', state: 'alive', alive: true, running: 1, started_at: at(900),
  heartbeat_at: at(1), silent_seconds: 1, lease_seconds: 15, ...change,
});

/** A page of a list as an infinite query keeps it. */
export const listed = <T>(...items: T[]) => ({ pages: [{ items }], pageParams: [{}] });
