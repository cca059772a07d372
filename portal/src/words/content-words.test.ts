import { describe, expect, it } from 'vitest';
import { contentStated, contentWords } from './content-words';

const facts = { fileName: 'beach.mp4', savedPercent: 62, secondsLeft: 170, zone: 'Europe/Berlin' };

describe('what a creator reads about a work', () => {
  it('says how much is sent and how long the rest takes', () => {
    expect(contentStated('uploading', facts).sentence).toBe('62% sent, 3 min left');
  });

  it('says what is saved when an upload is paused', () => {
    expect(contentStated('paused', facts).sentence).toBe('62% is saved');
  });

  it('names the file that must be chosen again', () => {
    expect(contentStated('needs_file', facts)).toMatchObject({ word: 'Needs the file', sentence: '62% saved. Choose beach.mp4 again' });
  });

  it('tells safe from done', () => {
    expect(contentStated('checking', facts).sentence).toBe('File safe. You can close this');
    expect(contentStated('transcoding', { ...facts, secondsLeft: 240 }).sentence).toBe('About 4 min');
    expect(contentStated('transcoding', { ...facts, secondsLeft: undefined, readyPercent: 42 }).sentence).toBe('File safe, 42% ready');
  });

  it('gives the reason and the step of a failure, and says that the original is safe', () => {
    const failure = { sentence: "We couldn't prepare this. The original is safe.", what_to_do: 'Try again.' };
    expect(contentStated('failed', { ...facts, failure }).sentence).toBe("We couldn't prepare this. The original is safe. Try again.");
    expect(contentStated('failed', facts).sentence).toMatch(/^Original safe/);
  });

  it('names the moment and the place of a scheduled work', () => {
    expect(contentStated('scheduled', { ...facts, scheduledFor: '2026-11-24T17:00:00Z' }).sentence).toBe('Public 24 Nov, 18:00 Berlin');
  });

  it('says until when a deleted work can come back', () => {
    expect(contentStated('deleted', { ...facts, restoreUntil: '2026-12-22T10:00:00Z' }).sentence).toBe('Restore until 22 Dec');
  });

  it('never speaks of the machinery', () => {
    for (const state of Object.keys(contentWords) as (keyof typeof contentWords)[]) {
      const { word, sentence } = contentStated(state, facts);
      expect(`${word} ${sentence}`).not.toMatch(/job|queue|worker|transcod|ledger/i);
    }
  });
});
