import { describe, expect, it } from 'vitest';
import { sameFile, type Evidence } from './same-file';

const sum = 'kAFQmDzST7DWlj99KOF/cg=='; // MD5 of "abc"

const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  upload: { size_bytes: 25, part_size_bytes: 10, part_count: 3 },
  kept: undefined,
  fingerprint: 'print',
  stored: [],
  md5Of: () => Promise.resolve(sum),
  ...change,
});

describe('choosing the file again', () => {
  it('refuses a file of another size', async () => {
    expect(await sameFile(24, evidence())).toEqual({ same: false, why: 'size' });
  });

  it('knows the file on the device that began it', async () => {
    expect(await sameFile(25, evidence({ kept: { fingerprint: 'print' } }))).toEqual({ same: true });
    expect(await sameFile(25, evidence({ kept: { fingerprint: 'other' } }))).toEqual({ same: false, why: 'bytes' });
  });

  it('compares with what was sent, on another device', async () => {
    const part = (md5: string) => [{ number: 1, size_bytes: 10, etag: '', md5 }];
    expect(await sameFile(25, evidence({ stored: part(sum) }))).toEqual({ same: true });
    expect(await sameFile(25, evidence({ stored: part('another') }))).toEqual({ same: false, why: 'bytes' });
  });

  it('does not compare with a piece that the store holds cut short', async () => {
    expect(await sameFile(25, evidence({ stored: [{ number: 1, size_bytes: 9, etag: '', md5: 'another' }] }))).toEqual({ same: true });
  });

  it('takes any file of the right size while nothing is stored', async () => {
    expect(await sameFile(25, evidence())).toEqual({ same: true });
  });
});
