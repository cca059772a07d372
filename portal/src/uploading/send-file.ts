import type { Upload } from '@/client';
import { ApiProblem, isProblem } from '@/session/problem';
import { missingParts, sizeOf, type Cut, type Part } from './part-plan';
import { Signing } from './signing';
import { PutFailed, type Wires } from './wires';

/** Parts on the way at the same time: enough to fill a line, few enough to lose little when it breaks. */
const lanes = 4;
/** How often one part may be refused for a reason that does not pass before we give up. */
const patienceWithOnePart = 6;

export interface Progress {
  /** Bytes that the store has confirmed. */
  savedBytes: number;
  /** Saved, and on the way. */
  sentBytes: number;
  /** How many parts were sent once more because they arrived damaged. */
  resentParts: number;
  /** The line is down and we wait for it. */
  waiting: boolean;
  /** Everything is there; the server is told. */
  finishing: boolean;
}

/** Sends what the store does not hold of a file, several parts at a time, and completes the upload.
 *
 *  It asks the store first, so it goes on where this or any other device stopped. Each part carries its checksum
 *  in its signature: a damaged one is refused by the store and sent again. A lost line is waited for, for ever;
 *  `signal` is what ends it.
 *
 *  Throws an `ApiProblem` when the server says that it cannot go on, and `AbortError` when stopped. */
export async function sendFile(
  { id, ...cut }: Cut & { id: string }, file: Blob, wires: Wires, report: (progress: Progress) => void, signal: AbortSignal,
): Promise<Upload> {
  const tally = new Tally(cut, report);
  for (;;) {
    const stored = await patiently(() => wires.storedParts(id, signal), wires, tally, signal);
    const missing = missingParts(cut, stored);
    tally.begin(missing);
    await sendParts(missing, signal, (both) => new PartWork(id, file, wires, tally, both));
    tally.finishing();
    try {
      return await patiently(() => wires.complete(id, signal), wires, tally, signal);
    } catch (error) {
      // The store lost or refused a part after all: look again and send what is missing.
      if (!(isProblem(error) && isMissingParts(error)) || !tally.mayLookAgain()) throw error;
    }
  }
}

const isMissingParts = ({ code }: ApiProblem) => code === 'upload.parts_missing' || code === 'upload.part_size';

/** Runs the lanes; the first failure that does not pass ends them all. */
async function sendParts(parts: readonly Part[], signal: AbortSignal, workUnder: (signal: AbortSignal) => PartWork): Promise<void> {
  const failed = new AbortController();
  const work = workUnder(AbortSignal.any([signal, failed.signal]));
  const waiting = parts.values();
  const lane = async () => {
    for (const part of waiting) await work.send(part);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(lanes, parts.length) }, lane));
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** Sends single parts of one upload. */
class PartWork {
  readonly #signing: Signing;

  constructor(
    id: string,
    private readonly file: Blob,
    private readonly wires: Wires,
    private readonly tally: Tally,
    private readonly signal: AbortSignal,
  ) {
    this.#signing = new Signing(id, wires, signal);
  }

  async send(part: Part): Promise<void> {
    const body = this.file.slice(part.start, part.end);
    let refusals = 0;
    for (let failures = 0; ; failures += 1) {
      this.signal.throwIfAborted();
      try {
        // Read and summed again each time: the damage may have been in this memory.
        const md5 = await this.wires.md5(body, this.signal);
        const signed = await patiently(() => this.#signing.sign(part.number, md5), this.wires, this.tally, this.signal);
        await this.wires.put(signed, body, (bytes) => { this.tally.onTheWay(part, bytes); }, this.signal);
        this.tally.saved(part);
        return;
      } catch (error) {
        this.tally.lost(part);
        if (!(error instanceof PutFailed) || error.why === 'gone' || error.why === 'refused') throw asProblem(error, part);
        if (error.why === 'damaged') this.tally.resent();
        if (error.why === 'damaged' || error.why === 'signature') refusals += 1;
        if (refusals >= patienceWithOnePart) throw asProblem(error, part);
        if (error.why === 'network') this.tally.waiting(true);
        if (error.why !== 'damaged') await this.wires.patience(failures + 1, this.signal);
      }
    }
  }
}

function asProblem(error: unknown, part: Part): unknown {
  if (!(error instanceof PutFailed)) return error;
  return new ApiProblem(400, `part.${error.why}`, `Part ${part.number} could not be stored.`, 'What is saved stays saved. Resume to try again.', undefined, {}, undefined);
}

/** Asks until an answer comes that does not pass by itself. */
async function patiently<T>(ask: () => Promise<T>, wires: Pick<Wires, 'patience'>, tally: Tally, signal: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted();
    try {
      const answer = await ask();
      tally.waiting(false);
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isProblem(error) || !error.passes) throw error;
      tally.waiting(true);
      await wires.patience(failures, signal);
    }
  }
}

/** Counts what is saved and what is on the way, and tells. */
class Tally {
  #saved = 0;
  #resent = 0;
  #looks = 0;
  #waiting = false;
  #finishing = false;
  readonly #flying = new Map<number, number>();

  constructor(private readonly cut: Cut, private readonly report: (progress: Progress) => void) {}

  begin(missing: readonly Part[]): void {
    this.#saved = this.cut.size_bytes - missing.reduce((total, part) => total + sizeOf(part), 0);
    this.#flying.clear();
    this.#finishing = false;
    this.#looks += 1;
    this.#tell();
  }

  mayLookAgain(): boolean {
    return this.#looks < 3;
  }

  onTheWay(part: Part, bytes: number): void {
    this.#flying.set(part.number, Math.min(bytes, sizeOf(part)));
    this.#waiting = false;
    this.#tell();
  }

  saved(part: Part): void {
    this.#flying.delete(part.number);
    this.#saved += sizeOf(part);
    this.#waiting = false;
    this.#tell();
  }

  lost(part: Part): void {
    this.#flying.delete(part.number);
    this.#tell();
  }

  resent(): void {
    this.#resent += 1;
    this.#tell();
  }

  waiting(is: boolean): void {
    if (this.#waiting === is) return;
    this.#waiting = is;
    this.#tell();
  }

  finishing(): void {
    this.#finishing = true;
    this.#tell();
  }

  #tell(): void {
    const flying = [...this.#flying.values()].reduce((total, bytes) => total + bytes, 0);
    this.report({
      savedBytes: this.#saved, sentBytes: this.#saved + flying, resentParts: this.#resent,
      waiting: this.#waiting, finishing: this.#finishing,
    });
  }
}
