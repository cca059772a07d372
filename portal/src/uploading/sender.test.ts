import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Upload } from '@/client';
import { ApiProblem } from '@/session/problem';
import { upload } from '@/testing/samples';
import { FileUnreadable } from './checksum';
import { begin, cancel, hasFile, isSending, pause, resume, resumeSentBack, resumeWith } from './sender';
import { sendingOf } from './sendings';

/** What is beyond this page: the API's answers, the store, and the worker that sums. Tests hold it up or break it. */
const world = vi.hoisted(() => ({
  uploads: 0,
  turnedAway: new Map<string, Error>(),
  abortedUploads: [] as string[],
  puts: [] as string[],
  stored: [] as { number: number; size_bytes: number; etag: string; md5: string }[],
  putError: undefined as Error | undefined,
  letThrough: undefined as Promise<void> | undefined,
}));

vi.mock('@/client', async (original) => ({
  ...(await original<object>()),
  uploadsCreate: ({ body }: { body: { file_name: string; size_bytes: number } }) => {
    const refusal = world.turnedAway.get(body.file_name);
    if (refusal) return Promise.reject(refusal);
    world.uploads += 1;
    return Promise.resolve({ data: oneOf(`upl_new_${world.uploads}`, { file_name: body.file_name, size_bytes: body.size_bytes }) });
  },
  uploadsAbort: ({ path }: { path: { id: string } }) => {
    world.abortedUploads.push(path.id);
    return Promise.resolve({});
  },
}));

vi.mock('./browser-wires', () => ({
  browserWires: {
    storedParts: () => Promise.resolve(world.stored),
    sign: (id: string, parts: { number: number }[]) => Promise.resolve(parts.map(({ number }) => ({ number, url: `${id}/${number}`, headers: {}, expires_at: '' }))),
    put: async ({ url }: { url: string }, _: Blob, __: unknown, signal: AbortSignal) => {
      world.puts.push(url);
      if (world.putError) throw world.putError;
      const stopped = new Promise<never>((_resolve, reject) => { signal.addEventListener('abort', () => { reject(signal.reason as Error); }); });
      if (world.letThrough) await Promise.race([world.letThrough, stopped]);
    },
    md5: () => Promise.resolve('sum'),
    complete: (id: string) => Promise.resolve(oneOf(id, { state: 'submitted' })),
    patience: () => Promise.resolve(),
  },
}));

vi.mock('./checksum', async (original) => ({
  ...(await original<object>()),
  md5: () => Promise.resolve('sum'),
  fingerprint: async (file: Blob) => `${file.size}:${await file.text()}`,
}));

const oneOf = (id: string, change: Partial<Upload> = {}): Upload =>
  upload({ id, size_bytes: 4, part_size_bytes: 4, part_count: 1, received_bytes: 0, received_parts: 0, ...change });
const file = (name = 'beach.mp4', text = 'sand') => new File([text], name, { type: 'video/mp4' });
const phase = (id: string) => sendingOf(id)?.phase;
const refused = new ApiProblem(409, 'uploads.quota_exceeded', 'There is no room.', undefined, undefined, {}, undefined);

const until = (came: () => boolean) => vi.waitUntil(came, { timeout: 15_000 });

/** Holds all parts back until the answer is called. */
function holdBack(): () => void {
  let go: () => void = () => undefined;
  world.letThrough = new Promise((resolve) => { go = resolve; });
  return () => { go(); };
}

beforeEach(() => {
  Object.assign(world, { uploads: 0, abortedUploads: [], puts: [], stored: [], putError: undefined, letThrough: undefined });
  world.turnedAway.clear();
});

afterEach(() => until(() => !isSending()));

describe('sending files', () => {
  it('sends two at once, and the third when one has arrived', async () => {
    const go = holdBack();
    await begin([{ file: file('a.mp4') }, { file: file('b.mp4') }, { file: file('c.mp4') }], 'private');
    await until(() => world.puts.length === 2);
    expect([1, 2, 3].map((number) => phase(`upl_new_${number}`))).toEqual(['sending', 'sending', 'queued']);
    expect(isSending()).toBe(true);
    go();
    await until(() => !isSending());
    expect(world.puts).toEqual(['upl_new_1/1', 'upl_new_2/1', 'upl_new_3/1']);
    expect(phase('upl_new_3')).toBeUndefined();
  });

  it('goes on with the others when one is turned away', async () => {
    world.turnedAway.set('big.mp4', refused);
    await begin([{ file: file('big.mp4') }, { file: file('small.mp4') }], 'public');
    await until(() => !isSending());
    expect(world.puts).toEqual(['upl_new_1/1']);
  });

  it('stops at a pause, and goes on with the file at hand', async () => {
    const go = holdBack();
    await begin([{ file: file() }], 'private');
    await until(() => world.puts.length === 1);
    pause('upl_new_1');
    expect(phase('upl_new_1')).toBe('paused');
    go();
    expect(await resume(oneOf('upl_new_1'), true)).toBe(true);
    expect(await resume(oneOf('upl_new_1'), true), 'it is on its way already').toBe(true);
    await until(() => !isSending());
    expect(world.puts).toEqual(['upl_new_1/1', 'upl_new_1/1']);
  });

  it('gives up here and on the server', async () => {
    holdBack();
    await begin([{ file: file() }], 'private');
    await until(() => world.puts.length === 1);
    await cancel('upl_new_1');
    expect(world.abortedUploads).toEqual(['upl_new_1']);
    expect([phase('upl_new_1'), hasFile('upl_new_1')]).toEqual([undefined, false]);
  });

  it('says that the file cannot be read any more', async () => {
    world.putError = new FileUnreadable('gone');
    await begin([{ file: file() }], 'private');
    await until(() => phase('upl_new_1') === 'failed');
    expect(sendingOf('upl_new_1')?.problem?.message).toBe("beach.mp4 can't be read any more.");
  });
});

describe('going on with an upload that was begun elsewhere', () => {
  it('needs the file', async () => {
    expect(await resume(oneOf('upl_elsewhere'), true)).toBe(false);
    expect(hasFile('upl_elsewhere')).toBe(false);
  });

  it('takes the same file, chosen again', async () => {
    world.stored = [{ number: 1, size_bytes: 4, etag: '', md5: 'sum' }];
    expect(await resumeWith(oneOf('upl_again'), { file: file() })).toBe(true);
    await until(() => !isSending());
    expect(world.puts, 'the store has it all').toEqual([]);
  });

  it('recognises another file', async () => {
    world.stored = [{ number: 1, size_bytes: 4, etag: '', md5: 'another' }];
    expect(await resumeWith(oneOf('upl_other'), { file: file() })).toBe(false);
    expect(hasFile('upl_other')).toBe(false);
  });

  it('sends what the server found missing, once for each time that it says so', async () => {
    await begin([{ file: file() }], 'private');
    await until(() => !isSending());
    const sentBack = oneOf('upl_new_1', { version: 4 });
    resumeSentBack([sentBack, oneOf('upl_of_another_device')]);
    await until(() => !isSending());
    resumeSentBack([sentBack]);
    expect(isSending()).toBe(false);
    expect(world.puts).toEqual(['upl_new_1/1', 'upl_new_1/1']);
  });
});
