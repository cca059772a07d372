import type { SignedPart, StoredPart, Upload } from '@/client';

/** What sending a file needs of the world. Tests put their own in its place. */
export interface Wires {
  /** The parts that the store itself holds. */
  storedParts: (uploadId: string, signal: AbortSignal) => Promise<StoredPart[]>;
  /** Addresses to put parts to, each bound to its checksum. */
  sign: (uploadId: string, parts: { number: number; md5: string }[], signal: AbortSignal) => Promise<SignedPart[]>;
  /** Puts one part. `sent` hears the running count of bytes. Throws `PutFailed`. */
  put: (part: SignedPart, body: Blob, sent: (bytes: number) => void, signal: AbortSignal) => Promise<void>;
  /** The MD5 of a piece, base64. */
  md5: (piece: Blob, signal: AbortSignal) => Promise<string>;
  complete: (uploadId: string, signal: AbortSignal) => Promise<Upload>;
  /** Waits before another try: until the network is back, or longer with each failure. */
  patience: (failures: number, signal: AbortSignal) => Promise<void>;
}

export type PutFailure = 'network' | 'damaged' | 'signature' | 'gone' | 'busy' | 'refused';

/** A part did not arrive. */
export class PutFailed extends Error {
  override readonly name = 'PutFailed';

  constructor(readonly why: PutFailure, message: string) {
    super(message);
  }
}

/** Reads the store's answer; 0 stands for no answer. */
export function putFailure(status: number, body: string): PutFailure {
  if (status === 0) return 'network';
  if (status === 400 && /BadDigest|InvalidDigest|Md5|digest/i.test(body)) return 'damaged';
  if (status === 400 && /RequestTimeout|IncompleteBody/i.test(body)) return 'network';
  if (status === 400 || status === 401 || status === 403) return 'signature';
  if (status === 404) return 'gone';
  if (status === 408 || status === 429 || status >= 500) return 'busy';
  return 'refused';
}
