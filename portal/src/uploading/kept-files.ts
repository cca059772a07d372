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

const store = createStore('creator-studio-uploads', 'files');

export const keepFile = (kept: KeptFile): Promise<void> => set(kept.uploadId, kept, store);
export const keptFile = (uploadId: string): Promise<KeptFile | undefined> => get<KeptFile>(uploadId, store);
export const forgetFile = (uploadId: string): Promise<void> => del(uploadId, store);

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
