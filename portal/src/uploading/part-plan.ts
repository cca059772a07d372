/** One piece of a file: `[start, end)` in bytes; numbers begin at 1, as the store counts. */
export interface Part {
  number: number;
  start: number;
  end: number;
}

/** How the server cut the file. It decides; we follow, on this device and on any other. */
export interface Cut {
  size_bytes: number;
  part_size_bytes: number;
  part_count: number;
}

export function partAt(cut: Cut, number: number): Part {
  const start = (number - 1) * cut.part_size_bytes;
  return { number, start, end: Math.min(start + cut.part_size_bytes, cut.size_bytes) };
}

export const sizeOf = (part: Part): number => part.end - part.start;

/** The parts that the store does not hold in full, in order. */
export function missingParts(cut: Cut, stored: readonly { number: number; size_bytes: number }[]): Part[] {
  const sizes = new Map(stored.map(({ number, size_bytes }) => [number, size_bytes]));
  return Array.from({ length: cut.part_count }, (_, index) => partAt(cut, index + 1)).filter(
    (part) => sizes.get(part.number) !== sizeOf(part),
  );
}
