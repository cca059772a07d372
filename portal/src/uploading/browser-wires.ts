import { uploadsComplete, uploadsListParts, uploadsSignParts, type SignedPart, type StoredPart } from '@/client';
import { backoff } from '@/live/stream';
import { md5 } from './checksum';
import { PutFailed, putFailure, type Wires } from './wires';

const pageOfParts = 1000;

/** The API, the object store and this browser. */
export const browserWires: Wires = {
  storedParts: async (id, signal) => {
    const parts: StoredPart[] = [];
    let after: number | undefined;
    do {
      const { data } = await uploadsListParts({ path: { id }, query: { limit: pageOfParts, ...(after === undefined ? {} : { after }) }, signal });
      parts.push(...data.parts);
      after = data.next ?? undefined;
    } while (after !== undefined);
    return parts;
  },
  sign: async (id, parts, signal) => (await uploadsSignParts({ path: { id }, body: { parts }, signal })).data.parts,
  put: putPart,
  md5: (piece) => md5(piece),
  complete: async (id, signal) => (await uploadsComplete({ path: { id }, body: {}, signal })).data,
  patience: waitForNetwork,
};

/** The store is not our API: its address is signed per part, and only this request form tells how many bytes went. */
function putPart(part: SignedPart, body: Blob, sent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => { request.abort(); };
    const end = (act: () => void) => {
      signal.removeEventListener('abort', stop);
      act();
    };
    const fail = () => {
      end(() => { reject(new PutFailed(putFailure(request.status, request.responseText), `the store answered ${request.status}`)); });
    };
    request.open('PUT', part.url);
    for (const [name, value] of Object.entries(part.headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => { sent(event.loaded); });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) end(resolve);
      else fail();
    });
    request.addEventListener('error', fail);
    request.addEventListener('timeout', fail);
    request.addEventListener('abort', () => { end(() => { reject(signal.reason as Error); }); });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else request.send(body);
  });
}

/** Until the browser is online again, at most as long as the failures ask for. */
function waitForNetwork(failures: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      clearTimeout(timer);
      window.removeEventListener('online', online);
      signal.removeEventListener('abort', stopped);
      act();
    };
    const online = () => { end(resolve); };
    const stopped = () => { end(() => { reject(signal.reason as Error); }); };
    const timer = setTimeout(online, backoff(failures, Math.random()));
    window.addEventListener('online', online);
    signal.addEventListener('abort', stopped, { once: true });
    if (signal.aborted) stopped();
  });
}
