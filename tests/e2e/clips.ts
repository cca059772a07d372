import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = join(tmpdir(), `creator-studio-clips-${process.pid}`);

/** A clip of a moving test picture with a tone, made once per process. */
export async function clip(name: string, seconds = 3): Promise<string> {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const made = join(folder, `${randomUUID()}-${name}`);
  await run('ffmpeg', [
    '-v', 'error',
    '-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${seconds}`,
    '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`,
    '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', made,
  ]);
  await rename(made, path);
  return path;
}

/** A real clip made long by a box that players skip: it has many parts and needs no minutes to make. */
export async function longClip(name: string, megabytes: number): Promise<string> {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  await rename(await clip(`short-of-${name}`), path);
  const bytes = megabytes * 1024 * 1024;
  const header = Buffer.alloc(8);
  header.writeUInt32BE(bytes, 0);
  header.write('free', 4, 'latin1');
  await appendFile(path, Buffer.concat([header, randomBytes(bytes - header.length)]));
  return path;
}
