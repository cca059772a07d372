import { createMD5 } from 'hash-wasm';

/** Sums pieces off the page's own thread. One message in, one out, by `id`. */
export interface SumRequest {
  id: number;
  piece: Blob;
}

export type SumAnswer = { id: number; md5: string } | { id: number; error: string };

const atOnce = 4 * 1024 * 1024;

/** MD5 of a piece, base64, read a few MB at a time. */
async function md5(piece: Blob): Promise<string> {
  const hasher = await createMD5();
  for (let offset = 0; offset < piece.size; offset += atOnce) {
    hasher.update(new Uint8Array(await piece.slice(offset, offset + atOnce).arrayBuffer()));
  }
  return btoa(String.fromCharCode(...hasher.digest('binary')));
}

self.addEventListener('message', ({ data: { id, piece } }: MessageEvent<SumRequest>) => {
  md5(piece).then(
    (sum) => { self.postMessage({ id, md5: sum } satisfies SumAnswer); },
    (error: unknown) => { self.postMessage({ id, error: String(error) } satisfies SumAnswer); },
  );
});
