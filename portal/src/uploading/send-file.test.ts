import { describe, expect, it } from 'vitest';
import type { Upload } from '@/client';
import { ApiProblem } from '@/session/problem';
import { sendFile, type Progress } from './send-file';
import { PutFailed, type PutFailure, type Wires } from './wires';

const cut = { id: 'upl_1', size_bytes: 25, part_size_bytes: 10, part_count: 3 };
const file = new Blob([new Uint8Array(25).fill(7)]);
const problem = (status: number, code: string) => new ApiProblem(status, code, code, undefined, undefined, {}, undefined);

/** A store that keeps parts, and can be told to fail. */
function store(already: number[] = []) {
  const kept = new Map<number, number>(already.map((number) => [number, number === 3 ? 5 : 10]));
  const world = {
    kept,
    puts: [] as number[],
    signRequests: [] as number[][],
    putFailures: [] as PutFailure[],
    apiFailures: [] as ApiProblem[],
    completeFailures: [] as ApiProblem[],
    patience: 0,
    onPut: undefined as (() => void) | undefined,
  };
  const wires: Wires = {
    storedParts: () => {
      const failure = world.apiFailures.shift();
      if (failure) return Promise.reject(failure);
      return Promise.resolve([...kept].map(([number, size_bytes]) => ({ number, size_bytes, etag: '' })));
    },
    sign: (_, parts) => {
      world.signRequests.push(parts.map(({ number }) => number));
      return Promise.resolve(parts.map(({ number }) => ({ number, url: `part/${number}`, headers: {}, expires_at: '' })));
    },
    put: (part, body, sent, signal) => {
      world.puts.push(part.number);
      world.onPut?.();
      signal.throwIfAborted();
      const failure = world.putFailures.shift();
      sent(body.size);
      if (failure) return Promise.reject(new PutFailed(failure, failure));
      kept.set(part.number, body.size);
      return Promise.resolve();
    },
    md5: () => Promise.resolve('sum'),
    complete: () => {
      const failure = world.completeFailures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve({ id: 'upl_1', state: 'submitted' } as Upload);
    },
    patience: (_, signal) => {
      world.patience += 1;
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
  };
  return { world, wires };
}

const send = (wires: Wires, reports: Progress[] = [], signal = new AbortController().signal) =>
  sendFile(cut, file, wires, (progress) => reports.push(progress), signal);

describe('sending a file', () => {
  it('sends every part once and completes', async () => {
    const { world, wires } = store();
    expect((await send(wires)).state).toBe('submitted');
    expect(world.puts.toSorted()).toEqual([1, 2, 3]);
  });

  it('asks for the addresses of parts that start together in one request', async () => {
    const { world, wires } = store();
    await send(wires);
    expect(world.signRequests).toEqual([[1, 2, 3]]);
  });

  it('sends only what the store lacks, whoever sent the rest', async () => {
    const { world, wires } = store([1, 3]);
    const reports: Progress[] = [];
    await send(wires, reports);
    expect(world.puts).toEqual([2]);
    expect(reports[0]).toMatchObject({ savedBytes: 15, sentBytes: 15 });
  });

  it('sends a part again that the store holds cut short', async () => {
    const { world, wires } = store([1, 2]);
    world.kept.set(3, 4);
    await send(wires);
    expect(world.puts).toEqual([3]);
  });

  it('sends a damaged part again, and says so', async () => {
    const { world, wires } = store([1, 2]);
    world.putFailures.push('damaged');
    const reports: Progress[] = [];
    await send(wires, reports);
    expect(world.puts).toEqual([3, 3]);
    expect(reports.at(-1)).toMatchObject({ resentParts: 1, savedBytes: 25 });
  });

  it('waits for a lost line and goes on', async () => {
    const { world, wires } = store([1, 2]);
    world.putFailures.push('network', 'network');
    const reports: Progress[] = [];
    await send(wires, reports);
    expect(world.patience).toBe(2);
    expect(reports.some(({ waiting }) => waiting)).toBe(true);
    expect(reports.at(-1)?.waiting).toBe(false);
  });

  it('waits for a server that does not answer yet', async () => {
    const { world, wires } = store();
    world.apiFailures.push(problem(503, 'unavailable'), problem(0, 'connection_lost'));
    await send(wires);
    expect(world.patience).toBe(2);
  });

  it('asks for a new address when the old one ran out', async () => {
    const { world, wires } = store([1, 2]);
    world.putFailures.push('signature');
    await send(wires);
    expect(world.signRequests).toEqual([[3], [3]]);
  });

  it('gives up on a part that is refused again and again', async () => {
    const { world, wires } = store([1, 2]);
    world.putFailures.push(...Array.from({ length: 6 }, () => 'damaged' as const));
    await expect(send(wires)).rejects.toMatchObject({ code: 'part.damaged' });
    expect(world.puts).toHaveLength(6);
  });

  it('stops at once when the server says that the upload has ended', async () => {
    const { world, wires } = store();
    world.apiFailures.push(problem(409, 'upload.aborted'));
    await expect(send(wires)).rejects.toMatchObject({ code: 'upload.aborted' });
    expect(world.puts).toEqual([]);
  });

  it('looks again when the server misses a part at the end', async () => {
    const { world, wires } = store();
    world.completeFailures.push(problem(409, 'upload.parts_missing'));
    world.onPut = () => { if (world.puts.length === 3) queueMicrotask(() => world.kept.delete(1)); };
    expect((await send(wires)).state).toBe('submitted');
    expect(world.puts.filter((number) => number === 1)).toHaveLength(2);
  });

  it('never counts a part as saved that was lost on the way', async () => {
    const { world, wires } = store([1, 2]);
    world.putFailures.push('network');
    const reports: Progress[] = [];
    await send(wires, reports);
    const lost = reports.findIndex(({ waiting }) => waiting);
    expect(reports[lost]).toMatchObject({ savedBytes: 20, sentBytes: 20 });
  });

  it('ends when it is stopped', async () => {
    const { world, wires } = store();
    const stop = new AbortController();
    world.onPut = () => { stop.abort(); };
    await expect(send(wires, [], stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(world.kept.size).toBe(0);
  });
});
