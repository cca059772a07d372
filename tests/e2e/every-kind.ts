import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { told } from './settings.ts';

/** A clip as it was made: what must come out again. */
export interface MadeClip {
  path: string;
  kind: 'video' | 'audio';
  seconds: number;
  /** Pixels across and down as a viewer sees them; null for sound alone. */
  size: [number, number] | null;
  has_audio: boolean;
}

/** The eight kinds of clip that creators bring; the Rust tests and the demo library have the same. */
export async function everyKindOfClip(): Promise<MadeClip[]> {
  const { stdout } = await promisify(execFile)(told('CREATOR_STUDIO_TEST_CLIPS'));
  return JSON.parse(stdout) as MadeClip[];
}
