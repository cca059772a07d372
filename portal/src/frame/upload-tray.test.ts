import { expect, it } from 'vitest';
import type { Upload } from '@/client';
import type { Sending } from '@/uploading/sendings';
import { trayWords } from './upload-tray';

const upload = (id: string, received_bytes: number) => ({ id, size_bytes: 100, received_bytes }) as Upload;
const sending = (sentBytes: number, secondsLeft?: number): Sending => ({ phase: 'sending', savedBytes: 0, sentBytes, secondsLeft, resentParts: 0 });

it('counts what is being sent and says the longest that is left', () => {
  const sendings = new Map([['upl_1', sending(50, 20)], ['upl_2', sending(10, 170)]]);
  expect(trayWords([upload('upl_1', 0), upload('upl_2', 0), upload('upl_3', 90)], sendings)).toEqual({ text: '2 uploading, 3 min left', sent: 30 });
});

it('says when an upload waits for a person', () => {
  expect(trayWords([upload('upl_1', 62)], new Map())).toEqual({ text: '1 upload waits for you', sent: 62 });
});
