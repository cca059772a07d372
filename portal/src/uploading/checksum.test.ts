import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FileUnreadable, fingerprint, md5 } from './checksum';
import type { SumRequest } from './checksum.worker';

/** A worker that this test answers for: happy-dom has none. The browser tests have the real one. */
class AnsweredWorker extends EventTarget {
  static asked: SumRequest[] = [];
  static all: AnsweredWorker[] = [];

  constructor() {
    super();
    AnsweredWorker.all.push(this);
  }

  postMessage(request: SumRequest): void {
    AnsweredWorker.asked.push(request);
  }

  answer(data: object): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const last = () => {
  const [request, worker] = [AnsweredWorker.asked.at(-1), AnsweredWorker.all.at(-1)];
  if (!request || !worker) throw new Error('nobody asked');
  return { request, worker };
};

beforeEach(() => { vi.stubGlobal('Worker', AnsweredWorker); });

describe('checksums', () => {
  it('come from the worker, each to the one who asked for it', async () => {
    const [one, other] = [md5(new Blob(['1'])), md5(new Blob(['2']))];
    const [first, second] = AnsweredWorker.asked.slice(-2);
    last().worker.answer({ id: second?.id, md5: 'sum of 2' });
    last().worker.answer({ id: first?.id, md5: 'sum of 1' });
    expect(await Promise.all([one, other])).toEqual(['sum of 1', 'sum of 2']);
    expect(AnsweredWorker.all, 'one worker for all').toHaveLength(1);
  });

  it('say when the file cannot be read', async () => {
    const sum = md5(new Blob(['1']));
    last().worker.answer({ id: last().request.id, error: 'NotReadableError' });
    await expect(sum).rejects.toThrow(FileUnreadable);
  });

  it('are asked of a new worker when the old one broke', async () => {
    const sum = md5(new Blob(['1']));
    last().worker.dispatchEvent(new ErrorEvent('error', { message: 'no memory' }));
    await expect(sum).rejects.toThrow('no memory');
    const again = md5(new Blob(['1']));
    last().worker.answer({ id: last().request.id, md5: 'sum' });
    expect(await again).toBe('sum');
    expect(AnsweredWorker.all).toHaveLength(2);
  });

  it('recognise a large file by its two ends', async () => {
    const megabyte = 1024 * 1024;
    const print = fingerprint(new Blob([new Uint8Array(5 * megabyte)]));
    expect(last().request.piece.size).toBe(2 * megabyte);
    last().worker.answer({ id: last().request.id, md5: 'ends' });
    expect(await print).toBe(`${5 * megabyte}:ends`);
  });
});
