import { uploadsAbort, uploadsCreate, type Upload, type WhenReady } from '@/client';
import { answersOf } from '@/live/apply';
import { queries } from '@/queries';
import { currentSession, onSessionChange } from '@/session';
import { tabLocks } from '@/session/locks';
import { ApiProblem, problemFrom } from '@/session/problem';
import { browserWires } from './browser-wires';
import { FileUnreadable, fingerprint, md5 } from './checksum';
import { forgetFile, keepFile, keptFile, reopen } from './kept-files';
import { mediaTypeOf, titleFrom } from './media-type';
import { RateMeter } from './rate-meter';
import { sameFile } from './same-file';
import { sendFile, type Progress } from './send-file';
import { isBusy, sendingOf, setSending, turnAway, type Sending } from './sendings';

/** A file as it was chosen, with the way back to it where the browser gives one. */
export interface Chosen {
  file: File;
  handle?: FileSystemFileHandle | undefined;
}

const filesAtOnce = 2;
const files = new Map<string, File>();
const running = new Map<string, AbortController>();
const queue: Upload[] = [];
const still: Omit<Sending, 'phase'> = { savedBytes: 0, sentBytes: 0, resentParts: 0 };

/** Begins an upload for each file. One that the server turns away (type, size, room) does not stop the others. */
export async function begin(chosen: readonly Chosen[], whenReady: WhenReady): Promise<void> {
  for (const { file, handle } of chosen) {
    try {
      const { data: upload } = await uploadsCreate({
        headers: { 'Idempotency-Key': crypto.randomUUID() },
        body: { file_name: file.name, size_bytes: file.size, media_type: mediaTypeOf(file), title: titleFrom(file.name), when_ready: whenReady },
      });
      files.set(upload.id, file);
      enqueue(upload);
      await refreshUnfinished();
      // Remembering is a help for later; the upload itself does not wait for it.
      void remember(upload.id, { file, handle });
    } catch (error) {
      turnAway(file.name, problemFrom(error, undefined));
    }
  }
}

/** Goes on with an upload. False when the file must be chosen again. `ask` may be true only in answer to a click. */
export async function resume(upload: Upload, ask: boolean): Promise<boolean> {
  if (isBusy(sendingOf(upload.id))) return true;
  let file = files.get(upload.id);
  if (!file) {
    const kept = await keptFile(upload.id);
    file = kept && (await reopen(kept, ask));
    if (kept && file && (await fingerprint(file)) !== kept.fingerprint) return false;
  }
  if (!file) return false;
  files.set(upload.id, file);
  enqueue(upload);
  return true;
}

const sentBackBefore = new Set<string>();

/** Sends what the server found missing, once for each time that it says so. */
export function resumeSentBack(uploads: readonly Upload[]): void {
  for (const upload of uploads) {
    const once = `${upload.id} ${upload.version}`;
    if (sentBackBefore.has(once) || !files.has(upload.id) || sendingOf(upload.id)) continue;
    sentBackBefore.add(once);
    enqueue(upload);
  }
}

/** Goes on with a file chosen again, here or on another device, if it is the same file. */
export async function resumeWith(upload: Upload, { file, handle }: Chosen): Promise<boolean> {
  const print = await fingerprint(file);
  const stored = await browserWires.storedParts(upload.id, new AbortController().signal);
  const { same } = await sameFile(file.size, {
    upload, kept: await keptFile(upload.id), fingerprint: print, stored, md5Of: ({ start, end }) => md5(file.slice(start, end)),
  });
  if (!same) return false;
  files.set(upload.id, file);
  enqueue(upload);
  void remember(upload.id, { file, handle });
  return true;
}

export function pause(uploadId: string): void {
  const sending = sendingOf(uploadId);
  running.get(uploadId)?.abort();
  dropFromQueue(uploadId);
  if (sending) setSending(uploadId, { ...sending, phase: 'paused', secondsLeft: undefined, bytesPerSecond: undefined, sentBytes: sending.savedBytes });
}

/** Gives the upload up, here and on the server, which frees its room. */
export async function cancel(uploadId: string): Promise<void> {
  pause(uploadId);
  await uploadsAbort({ path: { id: uploadId } });
  setSending(uploadId, undefined);
  files.delete(uploadId);
  await forgetFile(uploadId);
  await refreshUnfinished();
}

export const isSending = (): boolean => running.size > 0 || queue.length > 0;

function enqueue(upload: Upload): void {
  dropFromQueue(upload.id);
  queue.push(upload);
  setSending(upload.id, { ...still, savedBytes: upload.received_bytes, sentBytes: upload.received_bytes, phase: 'queued' });
  startNext();
}

function dropFromQueue(uploadId: string): void {
  const at = queue.findIndex(({ id }) => id === uploadId);
  if (at >= 0) queue.splice(at, 1);
}

function startNext(): void {
  while (running.size < filesAtOnce) {
    const upload = queue.shift();
    if (!upload) return;
    const file = files.get(upload.id);
    if (!file) continue;
    const stop = new AbortController();
    running.set(upload.id, stop);
    void send(upload, file, stop.signal).finally(() => {
      if (running.get(upload.id) === stop) running.delete(upload.id);
      startNext();
    });
  }
}

async function send(upload: Upload, file: File, signal: AbortSignal): Promise<void> {
  try {
    await onlyHere(upload.id, async () => {
      const meter = new RateMeter();
      await sendFile(upload, file, browserWires, (progress) => { show(upload, progress, meter, signal); }, signal);
      await arrived(upload.id);
    });
  } catch (error) {
    if (signal.aborted) return; // Paused or cancelled: whoever did that has said so.
    setSending(upload.id, { ...(sendingOf(upload.id) ?? still), phase: 'failed', problem: asProblem(error, upload) });
  }
}

/** One tab sends; a second one says where it is sent. */
async function onlyHere(uploadId: string, work: () => Promise<void>): Promise<void> {
  const locks = tabLocks();
  if (!locks) { await work(); return; }
  await locks.request(`creator-studio-upload-${uploadId}`, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    else setSending(uploadId, { ...still, phase: 'elsewhere' });
  });
}

function show(upload: Upload, progress: Progress, meter: RateMeter, signal: AbortSignal): void {
  if (signal.aborted) return;
  const { savedBytes, sentBytes, resentParts, waiting, finishing } = progress;
  meter.add(sentBytes, performance.now());
  setSending(upload.id, {
    phase: finishing ? 'finishing' : waiting ? 'waiting' : 'sending',
    savedBytes, sentBytes, resentParts,
    bytesPerSecond: waiting ? undefined : meter.bytesPerSecond,
    secondsLeft: waiting ? undefined : meter.secondsFor(upload.size_bytes - sentBytes),
  });
}

/** The file stays at hand: the server may find a piece missing and send the upload back. */
async function arrived(uploadId: string): Promise<void> {
  setSending(uploadId, undefined);
  await forgetFile(uploadId);
  await Promise.all([refreshUnfinished(), queries.invalidateQueries(answersOf('contentsList'))]);
}

async function remember(uploadId: string, { file, handle }: Chosen): Promise<void> {
  await keepFile({
    uploadId, name: file.name, sizeBytes: file.size, lastModified: file.lastModified,
    fingerprint: await fingerprint(file), ...(handle ? { handle } : {}),
  });
}

function asProblem(error: unknown, upload: Upload): ApiProblem {
  if (error instanceof FileUnreadable || (error instanceof DOMException && error.name === 'NotReadableError')) {
    return new ApiProblem(400, 'file_unreadable', `${upload.file_name} can't be read any more.`, 'It was moved or changed. Choose it again.', undefined, {}, undefined);
  }
  return problemFrom(error, undefined);
}

const refreshUnfinished = () => queries.invalidateQueries(answersOf('uploadsList'));

// Somebody else's files are not sent on after a sign-out.
onSessionChange(() => {
  if (currentSession()) return;
  for (const uploadId of [...running.keys(), ...queue.map(({ id }) => id)]) pause(uploadId);
  files.clear();
});

window.addEventListener('beforeunload', (event) => { if (isSending()) event.preventDefault(); });

/** Whether this page holds the file of an upload. */
export const hasFile = (uploadId: string): boolean => files.has(uploadId);
