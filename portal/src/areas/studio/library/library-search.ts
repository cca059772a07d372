/** What the library shows, as its address says it. */
export interface LibrarySearch {
  q?: string;
  status?: 'processing' | 'private' | 'public';
  kind?: 'video' | 'audio';
  tag?: string;
  sort?: LibrarySort;
  view?: 'grid';
  deleted?: true;
}

export const librarySorts = ['newest', 'oldest', 'title'] as const;
export type LibrarySort = (typeof librarySorts)[number];

const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);
const text = (value: unknown): string | undefined => {
  const written = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return written.trim() === '' ? undefined : written.slice(0, 200);
};

/** Reads an address. What it does not know it drops; the defaults are not written out. */
export function parseLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  const parsed = {
    q: text(search.q),
    status: oneOf(search.status, ['processing', 'private', 'public']),
    kind: oneOf(search.kind, ['video', 'audio']),
    tag: text(search.tag),
    sort: oneOf(search.sort, librarySorts.slice(1)),
    view: oneOf(search.view, ['grid']),
    deleted: search.deleted === true || search.deleted === 'true' ? true : undefined,
  };
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

/** Whether something narrows the list, so that an empty answer means "nothing matches". */
export const isNarrowed = ({ q, status, kind, tag }: LibrarySearch): boolean => Boolean(q ?? status ?? kind ?? tag);
