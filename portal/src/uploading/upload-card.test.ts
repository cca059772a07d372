import { describe, expect, it } from 'vitest';
import type { Upload } from '@/client';
import type { Sending } from './sendings';
import { uploadCard } from './upload-card';

const upload = { id: 'upl_1', file_name: 'beach.mp4', size_bytes: 1000, received_bytes: 620 } as Upload;
const sending = (change: Partial<Sending>): Sending => ({ phase: 'sending', savedBytes: 620, sentBytes: 650, resentParts: 0, ...change });
const card = (now: Sending | undefined, fileAtHand = true) => uploadCard(upload, now, fileAtHand, 'UTC');

describe('the card of an upload', () => {
  it('says how far it is and how long the rest takes', () => {
    expect(card(sending({ secondsLeft: 170 })).stated).toMatchObject({ word: 'Uploading', sentence: '65% sent, 3 min left' });
  });

  it('never says 100 per cent before the server has confirmed', () => {
    expect(card(sending({ phase: 'finishing', savedBytes: 1000, sentBytes: 1000 }))).toMatchObject({
      percent: 99, stated: { sentence: 'All sent. Waiting for the confirmation' },
    });
  });

  it('says what is saved when the line is lost', () => {
    expect(card(sending({ phase: 'waiting', sentBytes: 620 })).stated.sentence).toBe("Connection lost. 62% is saved. It goes on when you're back");
  });

  it('asks for the file after a reload', () => {
    const shown = card(undefined, false);
    expect(shown.stated).toMatchObject({ word: 'Needs the file', sentence: '62% saved. Choose beach.mp4 again' });
    expect(shown.can).toEqual({ pause: false, resume: false, chooseFile: true, cancel: true });
  });

  it('goes on by itself where the file can be opened again', () => {
    expect(card(undefined).can).toMatchObject({ resume: true, chooseFile: false });
    expect(card(sending({ phase: 'paused' })).stated).toMatchObject({ word: 'Paused', sentence: '62% is saved' });
  });

  it('cannot be cancelled in the moment of completion', () => {
    expect(card(sending({ phase: 'finishing' })).can).toMatchObject({ cancel: false, pause: false });
  });
});
