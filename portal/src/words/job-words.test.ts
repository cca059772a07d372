import { describe, expect, it } from 'vitest';
import { attemptWords, jobSentence, jobWords } from './job-words';

const now = new Date('2026-11-22T14:02:00Z');
const job = {
  attempt: 3, max_attempts: 8, due_at: '2026-11-22T14:07:00Z', worker: 'w-3',
  started_at: '2026-11-22T14:00:00Z', finished_at: '2026-11-22T14:00:04.200Z',
};
const sentence = (state: keyof typeof jobWords) => jobSentence({ ...job, state }, 'UTC', now);

describe('what Ops read about a job', () => {
  it('says which attempt runs where', () => { expect(sentence('running')).toBe('Attempt 3 of 8 on w-3'); });
  it('says when the next attempt comes', () => { expect(sentence('retrying')).toBe('3 of 8 failed. Next 14:07:00'); });
  it('says how long it took', () => { expect(sentence('completed')).toBe('In 4.2 s'); });
  it('says that a dead job needs a person', () => { expect(sentence('dead')).toBe('3 of 8 failed. Needs a person'); });

  it('tells a lost attempt from a failed one', () => {
    expect(attemptWords.lost.word).not.toBe(attemptWords.failed.word);
  });
});
