import { expect, it } from 'vitest';
import { mediaTypeOf, titleFrom } from './media-type';

it('names the type of files that the browser does not know', () => {
  expect(mediaTypeOf({ name: 'Clip.MKV', type: '' })).toBe('video/x-matroska');
  expect(mediaTypeOf({ name: 'song.flac', type: 'audio/x-flac' })).toBe('audio/flac');
  expect(mediaTypeOf({ name: 'notes.txt', type: 'text/plain' })).toBe('text/plain');
  expect(mediaTypeOf({ name: 'noname', type: '' })).toBe('application/octet-stream');
});

it('makes a first title out of the name of the file', () => {
  expect(titleFrom('beach_final-2.mp4')).toBe('beach final 2');
  expect(titleFrom('.mp4')).toBe('.mp4');
});
