import { createStore, del, get, set } from 'idb-keyval';

/** What this device remembers of a file that it began to send, so that a reload or a crash loses nothing. */
export interface KeptFile {
  uploadId: string;
  name: string;
  sizeBytes: number;
  lastModified: number;
  fingerprint: string;
  /** Where the browser lets us: the way back to the file without choosing it again. */
  handle?: FileSystemFileHandle;
}

let opened: ReturnType<typeof createStore> | undefined;
const store = () => (opened ??= createStore('creator-studio-uploads', 'files'));

/** Where a browser keeps nothing (a private window, a full disk), the only loss is that the file is asked for again. */
const orNothing = <T>(work: () => Promise<T>): Promise<T | undefined> =>
  Promise.resolve().then(work).catch(() => undefined);

export const keepFile = (kept: KeptFile): Promise<void> => orNothing(() => set(kept.uploadId, kept, store()));
export const keptFile = (uploadId: string): Promise<KeptFile | undefined> => orNothing(() => get<KeptFile>(uploadId, store()));
export const forgetFile = (uploadId: string): Promise<void> => orNothing(() => del(uploadId, store()));

/** Browsers that keep handles may ask again before they open one. */
interface Permitted {
  queryPermission?: (how: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (how: { mode: 'read' }) => Promise<PermissionState>;
}

/** The file behind a kept handle. `ask` may be true only in answer to a click. Undefined when it must be chosen again. */
export async function reopen(kept: KeptFile, ask: boolean): Promise<File | undefined> {
  const handle: (FileSystemFileHandle & Permitted) | undefined = kept.handle;
  if (!handle) return undefined;
  try {
    let permission = (await handle.queryPermission?.({ mode: 'read' })) ?? 'granted';
    if (permission === 'prompt' && ask) permission = (await handle.requestPermission?.({ mode: 'read' })) ?? 'denied';
    return permission === 'granted' ? await handle.getFile() : undefined;
  } catch {
    return undefined; // Moved or deleted since: the creator is asked to choose it.
  }
}
