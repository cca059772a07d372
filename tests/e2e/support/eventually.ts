/** Looks again until it holds. For what the product does in its own time; says what was seen last. */
export async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean, withinMilliseconds = 60_000): Promise<T> {
  const end = Date.now() + withinMilliseconds;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(seen)} after ${withinMilliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
