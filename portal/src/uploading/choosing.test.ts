import { afterEach, describe, expect, it, vi } from 'vitest';
import { droppedFiles, pickFiles, picksWithWayBack } from './choosing';

const file = new File(['sand'], 'beach.mp4');
const handle = (kind: 'file' | 'directory') => ({ kind, getFile: () => Promise.resolve(file) });
const item = (kind: string, opened?: object) => ({ kind, getAsFile: () => file, ...(opened ? { getAsFileSystemHandle: () => Promise.resolve(opened) } : {}) });
const drop = (...items: object[]) => droppedFiles({ items } as unknown as DataTransfer);

afterEach(() => { vi.unstubAllGlobals(); });

describe('choosing files', () => {
  it('keeps the way back to a file where the browser gives one', async () => {
    expect(picksWithWayBack()).toBe(false);
    vi.stubGlobal('showOpenFilePicker', () => Promise.resolve([handle('file')]));
    expect(picksWithWayBack()).toBe(true);
    expect(await pickFiles(true)).toMatchObject([{ file, handle: { kind: 'file' } }]);
  });

  it('is no error when the person changes their mind', async () => {
    vi.stubGlobal('showOpenFilePicker', () => Promise.reject(new DOMException('never mind', 'AbortError')));
    expect(await pickFiles(false)).toBeUndefined();
    vi.stubGlobal('showOpenFilePicker', () => Promise.reject(new DOMException('not here', 'SecurityError')));
    await expect(pickFiles(false)).rejects.toThrow('not here');
  });

  it('takes the files of a drop, and neither words nor folders', async () => {
    const chosen = await drop(item('string'), item('file', handle('directory')), item('file', handle('file')), item('file'));
    expect(chosen.map((one) => one.handle !== undefined)).toEqual([true, false]);
  });
});
