import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  auditListInfiniteQueryKey, jobsListInfiniteQueryKey, jobsShowQueryKey, opsOverviewQueryKey, queuesListQueryKey,
  runsListInfiniteQueryKey, runsShowQueryKey, workersListQueryKey,
} from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { open, signedInAs } from '@/testing/page';
import { job, jobRow, listed, overview, queue, run, runbook, runRow, step, worker } from '@/testing/samples';

beforeEach(() => {
  queries.clear();
  signedInAs('ops');
  queries.setQueryData(opsOverviewQueryKey(), overview());
});

describe('the overview', () => {
  it('says that all is on time when nothing needs attention, and which environment this is', async () => {
    open('/ops');
    expect(await screen.findByText('All on time.')).toBeTruthy();
    expect(screen.getByText('Production')).toBeTruthy();
    expect(screen.getByText(/redis: connection refused/)).toBeTruthy();
  });

  it('shows the worst first and leads there', async () => {
    queries.setQueryData(opsOverviewQueryKey(), overview({
      attention: [{ severity: 'bad', sentence: 'Run failed at `probe`.', since: new Date().toISOString(), count: 1, run_id: runRow().id }],
    }));
    open('/ops');
    const worst = await screen.findByRole('link', { name: 'Open worst' });
    expect(worst.getAttribute('href')).toBe(`/ops/runs/${runRow().id}`);
  });

  it('shows the chart as a table to whoever prefers it', async () => {
    open('/ops');
    await userEvent.click(await screen.findByRole('button', { name: 'As table' }));
    expect(screen.getByRole('columnheader', { name: 'Dead' })).toBeTruthy();
  });
});

describe('the lists of Ops', () => {
  it('show a late queue with its age and a held one as held', async () => {
    queries.setQueryData(queuesListQueryKey(), { items: [queue({ due: 3, oldest_due_seconds: 92, dead: 1 }), queue({ name: 'mail', paused_at: '2026-11-22T10:00:00Z' })] });
    open('/ops/queues');
    expect(await screen.findByText('1 min 32 s')).toBeTruthy();
    expect(screen.getByText('Held')).toBeTruthy();
  });

  it('show why a job is dead, and open it', async () => {
    queries.setQueryData(jobsListInfiniteQueryKey({ query: { limit: 50 } }), listed(jobRow(), jobRow({ id: 'job_2', state: 'completed' })));
    open('/ops/jobs');
    expect(await screen.findByText(/8 of 8 failed\. Needs a person/)).toBeTruthy();
    expect(screen.getByText(/\[smtp\.refused\] the mail was refused/)).toBeTruthy();
  });

  it('say that nothing matches only when a filter is set', async () => {
    queries.setQueryData(jobsListInfiniteQueryKey({ query: { state: 'dead', limit: 50 } }), listed());
    open('/ops/jobs?state=dead');
    expect(await screen.findByText('Nothing matches.')).toBeTruthy();
  });

  it('show everything again when the filters are cleared, and the address says so', async () => {
    queries.setQueryData(runsListInfiniteQueryKey({ query: { state: 'failed', workflow: 'publish_upload', limit: 50 } }), listed());
    queries.setQueryData(runsListInfiniteQueryKey({ query: { state: 'failed', limit: 50 } }), listed());
    queries.setQueryData(runsListInfiniteQueryKey({ query: { limit: 50 } }), listed(runRow()));
    const router = open('/ops/runs?state=failed&workflow=publish_upload');
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the condition workflow publish_upload' }));
    expect(router.state.location.search).toEqual({ state: 'failed' });
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByText('upl_1')).toBeTruthy();
    expect(router.state.location.search).toEqual({});
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
  });

  it('show where runs stand', async () => {
    queries.setQueryData(runsListInfiniteQueryKey({ query: { limit: 50 } }), listed(runRow()));
    open('/ops/runs');
    expect(await screen.findByText(/\[vod\.unavailable\] not taken/)).toBeTruthy();
  });

  it('show a silent worker', async () => {
    queries.setQueryData(workersListQueryKey(), { items: [worker(), worker({ id: 2, process: 'w-4:9', state: 'silent' })] });
    open('/ops/workers');
    const [, first] = await screen.findAllByRole('row');
    expect(within(first ?? document.body).getByText('Silent')).toBeTruthy();
  });

  it('show who acted and why, and what changed', async () => {
    queries.setQueryData(auditListInfiniteQueryKey({ query: { limit: 50 } }), listed({
      position: 1, id: 'aud_1', at: '2026-11-22T10:00:00Z', actor: 'acc_1', actor_name: 'Olu', actor_role: 'ops', action: 'job.retry',
      target: 'job_1', before: { state: 'dead' }, after: { state: 'available' }, reason: 'It is up again', seal: 'ab12',
    }));
    open('/ops/audit');
    expect(await screen.findByText('It is up again')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Details of job.retry on job_1' }));
    expect(screen.getByText(/"dead"/)).toBeTruthy();
  });
});

describe('a job', () => {
  it('says why it stands, each attempt with its causes, and what may be done', async () => {
    queries.setQueryData(jobsShowQueryKey({ path: { id: job().id } }), job());
    open(`/ops/jobs/${job().id}`);
    expect(await screen.findByText(/All 8 attempts failed/)).toBeTruthy();
    expect(screen.getByText('because: connection refused')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Cancel' }).getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await screen.findByText(/This one job runs again from its beginning/)).toBeTruthy();
  });

  it('of a run is steered through its run', async () => {
    queries.setQueryData(jobsShowQueryKey({ path: { id: job().id } }), job({ run_id: run().id, actions: [] }));
    open(`/ops/jobs/${job().id}`);
    expect((await screen.findByRole('link', { name: 'Open its run' })).getAttribute('href')).toBe(`/ops/runs/${run().id}`);
  });
});

describe('a run', () => {
  it('opens at the step where it stopped, and shows another when it is chosen', async () => {
    queries.setQueryData(runsShowQueryKey({ path: { id: run().id } }), run());
    open(`/ops/runs/${run().id}`);
    expect(await screen.findByText(/It stopped at hand_off, after 1 of 3 steps/)).toBeTruthy();
    expect(screen.getByRole('region', { name: 'hand_off' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^probe/ }));
    expect(screen.getByText(/h264/)).toBeTruthy();
  });

  it('says an error once, when the attempt that it comes from is shown below it', async () => {
    const failed = step({ name: 'hand_off', state: 'failed', error_chain: ['not taken', 'no room'], attempts: [
      { job_id: 'job_1', number: 1, outcome: 'failed', started_at: '2026-11-22T10:00:00Z', error_chain: ['timed out'] },
      { job_id: 'job_1', number: 2, outcome: 'failed', started_at: '2026-11-22T10:01:00Z', error_chain: ['not taken', 'no room'] },
    ] });
    queries.setQueryData(runsShowQueryKey({ path: { id: run().id } }), run({ steps: [failed] }));
    open(`/ops/runs/${run().id}`);
    const attempts = within(await screen.findByRole('list', { name: 'Attempts of hand_off' }));
    expect(attempts.getAllByRole('listitem')).toHaveLength(2);
    expect(attempts.getByText('timed out')).toBeTruthy();
    expect(screen.getAllByText('not taken')).toHaveLength(1);
  });

  it('shows its runbook as it is meant to be read, without addresses that lead nowhere', async () => {
    const markdown = '# publish_upload\n\n**Who is hurt.** One creator.\n\n| Step | What helps |\n|---|---|\n| `probe` | see [send_mail](send_mail.md) |';
    queries.setQueryData(runsShowQueryKey({ path: { id: run().id } }), run({ runbook: { ...runbook, markdown } }));
    open(`/ops/runs/${run().id}`);
    const panel = within(await screen.findByRole('region', { name: 'Runbook' }));
    expect(panel.getByRole('cell', { name: 'see send_mail' })).toBeTruthy();
    expect(panel.getByText('Who is hurt.').tagName).toBe('STRONG');
    expect(panel.queryByRole('link')).toBeNull();
    expect(panel.queryByText(/# publish_upload/)).toBeNull();
  });

  it('names what a retry repeats before it acts', async () => {
    queries.setQueryData(runsShowQueryKey({ path: { id: run().id } }), run());
    open(`/ops/runs/${run().id}`);
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    await userEvent.click(await screen.findByText('Retry the failed step and what follows'));
    expect(await screen.findByText('Repeats hand_off, publish. The steps before stay as they are.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Retry 2 steps' })).toBeTruthy();
  });
});

it('an area of another role is not available', async () => {
  open('/studio/library');
  expect(await screen.findByRole('heading', { name: 'Not available to your account' })).toBeTruthy();
});
