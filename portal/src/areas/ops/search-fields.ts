/** Readers of single search parameters, shared by the lists of Ops. */
export const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);

export function text(value: unknown): string | undefined {
  const written = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return written.trim() === '' ? undefined : written.slice(0, 200);
}

/** Drops what is not set, so that an address holds only what narrows. */
export const compacted = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
