const windowMilliseconds = 8_000;

/** How fast bytes go, over the last few seconds: a short stall does not jump, a long one shows. */
export class RateMeter {
  #samples: { at: number; bytes: number }[] = [];

  /** `bytes` is the running total. */
  add(bytes: number, at: number): void {
    const last = this.#samples.at(-1);
    // A part that is sent again takes the total back; what was measured before no longer compares.
    if (last && bytes < last.bytes) this.#samples = [];
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > windowMilliseconds) this.#samples.shift();
  }

  /** Bytes per second; undefined until there is enough to say. */
  get bytesPerSecond(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < 800) return undefined;
    const rate = ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
    return rate > 0 ? rate : undefined;
  }

  secondsFor(bytes: number): number | undefined {
    const rate = this.bytesPerSecond;
    return rate === undefined ? undefined : bytes / rate;
  }
}
