import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { forgetFile, keepFile, keptFile, reopen, type KeptFile } from './kept-files';

const kept: KeptFile = { uploadId: 'upl_1', name: 'beach.mp4', sizeBytes: 10, lastModified: 1, fingerprint: '10:sum' };

describe('what this device remembers of a file', () => {
  it('is there after a reload and gone when the upload has ended', async () => {
    await keepFile(kept);
    expect(await keptFile('upl_1')).toEqual(kept);
    await forgetFile('upl_1');
    expect(await keptFile('upl_1')).toBeUndefined();
  });

  it('opens the file again where the browser allows it', async () => {
    const file = new File(['0123456789'], 'beach.mp4');
    const handle = (state: PermissionState) => ({ getFile: () => Promise.resolve(file), queryPermission: () => Promise.resolve(state), requestPermission: () => Promise.resolve('granted') });
    const keptWith = (state: PermissionState) => ({ ...kept, handle: handle(state) as unknown as FileSystemFileHandle });
    expect(await reopen(keptWith('granted'), false)).toBe(file);
    expect(await reopen(keptWith('prompt'), true)).toBe(file);
    expect(await reopen(keptWith('prompt'), false)).toBeUndefined();
    expect(await reopen(kept, true)).toBeUndefined();
  });

  it('asks for the file when it was moved', async () => {
    const handle = { getFile: () => Promise.reject(new DOMException('gone', 'NotFoundError')) } as unknown as FileSystemFileHandle;
    expect(await reopen({ ...kept, handle }, true)).toBeUndefined();
  });
});
