import type { SumAnswer, SumRequest } from './checksum.worker';

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, { resolve: (md5: string) => void; reject: (error: Error) => void }>();

function running(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./checksum.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<SumAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('md5' in data) asked?.resolve(data.md5);
    else asked?.reject(new FileUnreadable(data.error));
  });
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || 'The checksums could not be worked out.'));
    waiting.clear();
    worker = undefined;
  });
  return worker;
}

/** The file on the device was moved, changed or is on a disk that is gone. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';
}

/** The MD5 of a piece of a file, base64, worked out beside the page's thread. */
export function md5(piece: Blob): Promise<string> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    running().postMessage({ id, piece } satisfies SumRequest);
  });
}

const edge = 1024 * 1024;

/** Recognises a file by its size, its beginning and its end, without reading it all. */
export async function fingerprint(file: Blob): Promise<string> {
  const edges = new Blob([file.slice(0, edge), file.slice(Math.max(edge, file.size - edge))]);
  return `${file.size}:${await md5(edges)}`;
}
