import { accepted } from './media-type';
import type { Chosen } from './sender';

interface PickerWindow {
  showOpenFilePicker?: (options: object) => Promise<FileSystemFileHandle[]>;
}

/** Whether the browser's own picker gives a way back to the file after a reload. */
export const picksWithWayBack = (): boolean => typeof (window as PickerWindow).showOpenFilePicker === 'function';

/** Opens the picker that keeps a way back. Undefined when the person changed their mind. */
export async function pickFiles(multiple: boolean): Promise<Chosen[] | undefined> {
  try {
    const handles = await (window as PickerWindow).showOpenFilePicker?.({ multiple });
    return await Promise.all((handles ?? []).map(async (handle) => ({ handle, file: await handle.getFile() })));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

type Droppable = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

/** The files of a drop, with a way back where the browser gives one. Must be called within the drop event. */
export async function droppedFiles(transfer: DataTransfer): Promise<Chosen[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file') as Droppable[];
  // Everything is taken out of the event now: after the first await it is empty.
  const taken = items.map((item) => ({ file: item.getAsFile(), handle: item.getAsFileSystemHandle?.().catch(() => null) }));
  const chosen = await Promise.all(
    taken.map(async ({ file, handle }): Promise<Chosen | undefined> => {
      const opened = await handle;
      if (opened?.kind === 'directory' || !file) return undefined;
      return { file, handle: opened?.kind === 'file' ? (opened as FileSystemFileHandle) : undefined };
    }),
  );
  return chosen.filter((file) => file !== undefined);
}

/** For the fallback `<input type=file>`. */
export const acceptAttribute = accepted.join(',');
