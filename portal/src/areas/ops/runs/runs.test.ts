import { describe, expect, it } from 'vitest';
import type { Run, Step } from '@/client';
import { optionWords, retryOptions } from './retry-options';
import { runSentence } from './run-sentence';

const steps = [{ name: 'probe', state: 'completed' }, { name: 'transcoded', state: 'waiting', deadline: '2026-11-22T18:00:00Z' }, { name: 'publish', state: 'pending' }] as Step[];
const run = (change: Partial<Run>) => ({ steps, current_step: 'transcoded', started_at: '2026-11-22T12:00:00Z', ...change }) as Run;

describe('where a run stands', () => {
  it('says what it waits for and until when', () => {
    expect(runSentence(run({ state: 'waiting' }), 'UTC')).toBe('It waits for transcoded until 22 Nov 2026, 18:00 UTC. 1 of 3 steps are done.');
  });

  it('says where it stopped', () => {
    expect(runSentence(run({ state: 'failed', current_step: 'publish' }), 'UTC')).toBe('It stopped at publish, after 1 of 3 steps. It needs a person.');
  });

  it('asks nobody for attention when what was handed in was refused', () => {
    expect(runSentence(run({ state: 'refused', current_step: 'publish' }), 'UTC')).toBe('It was refused at publish, after 1 of 3 steps. Nobody needs to act.');
  });

  it('says how long it took', () => {
    expect(runSentence(run({ state: 'completed', finished_at: '2026-11-22T12:00:42Z' }), 'UTC')).toBe('All 3 steps are done, in 42.0 s.');
  });
});

describe('retrying a run', () => {
  it('names what it repeats before it acts', () => {
    expect(optionWords({ from: 'failed_and_after', repeats: ['hand_off', 'publish'] })).toEqual({
      label: 'Retry the failed step and what follows', act: 'Retry 2 steps', repeats: 'Repeats hand_off, publish. The steps before stay as they are.',
    });
    expect(optionWords({ from: 'step', step: 'probe', repeats: ['probe'] }).repeats).toMatch(/probe; then the run goes on/);
  });

  it('offers every step that was reached with what follows it, once', () => {
    const retries = [
      { from: 'failed_and_after', repeats: ['publish'] }, { from: 'all', repeats: ['probe', 'transcoded', 'publish'] },
      ...['probe', 'transcoded', 'publish'].map((step) => ({ from: 'step', step, repeats: [step] })),
    ];
    const onwards = retryOptions({ retries, steps }).filter(({ from }) => from === 'step_and_after');
    expect(onwards).toEqual([{ from: 'step_and_after', step: 'transcoded', repeats: ['transcoded', 'publish'] }]);
  });
});
