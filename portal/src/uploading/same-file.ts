import type { StoredPart, Upload } from '@/client';
import type { KeptFile } from './kept-files';
import { partAt, sizeOf } from './part-plan';

export type Sameness =
  | { same: true }
  /** Certainly, or very likely, another file. */
  | { same: false; why: 'size' | 'bytes' };

/** What proves that a chosen file is the one that was begun. */
export interface Evidence {
  upload: Pick<Upload, 'size_bytes' | 'part_size_bytes' | 'part_count'>;
  /** What this device remembers; nothing on another device. */
  kept: Pick<KeptFile, 'fingerprint'> | undefined;
  fingerprint: string;
  stored: readonly StoredPart[];
  md5Of: (piece: { start: number; end: number }) => Promise<string>;
}

/** Compares a chosen file with what was begun: its size; then, on the device that began it, its fingerprint; on another
 *  device the first and the last stored piece with the sums that they were sent under. */
export async function sameFile(size: number, { upload, kept, fingerprint, stored, md5Of }: Evidence): Promise<Sameness> {
  if (size !== upload.size_bytes) return { same: false, why: 'size' };
  if (kept) return kept.fingerprint === fingerprint ? { same: true } : { same: false, why: 'bytes' };
  const summed = stored.filter(({ number, size_bytes, md5 }) => md5 && sizeOf(partAt(upload, number)) === size_bytes);
  for (const part of new Set([summed.at(0), summed.at(-1)])) {
    if (part && (await md5Of(partAt(upload, part.number))) !== part.md5) return { same: false, why: 'bytes' };
  }
  return { same: true };
}
