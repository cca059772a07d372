import type { SignedPart } from '@/client';
import type { Wires } from './wires';

const atOnce = 100;

interface Asked {
  number: number;
  md5: string;
  resolve: (part: SignedPart) => void;
  reject: (error: unknown) => void;
}

/** Gathers the parts that ask for an address at the same moment into one request. */
export class Signing {
  #waiting: Asked[] = [];

  constructor(
    private readonly uploadId: string,
    private readonly wires: Pick<Wires, 'sign'>,
    private readonly signal: AbortSignal,
  ) {}

  sign(number: number, md5: string): Promise<SignedPart> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ number, md5, resolve, reject });
      if (this.#waiting.length === 1) queueMicrotask(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const asked = this.#waiting.splice(0, atOnce);
    if (this.#waiting.length > 0) queueMicrotask(() => void this.#flush());
    try {
      const signed = await this.wires.sign(this.uploadId, asked.map(({ number, md5 }) => ({ number, md5 })), this.signal);
      const byNumber = new Map(signed.map((part) => [part.number, part]));
      for (const { number, resolve, reject } of asked) {
        const part = byNumber.get(number);
        if (part) resolve(part);
        else reject(new Error(`part ${number} was not signed`));
      }
    } catch (error) {
      asked.forEach(({ reject }) => { reject(error); });
    }
  }
}
