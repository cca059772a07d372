/** What narrows a list, kept in the address, so that the address is the view. */
export interface Conditions<Search> {
  search: Search;
  isNarrowed: boolean;
  /** Adds conditions to those that hold, or takes away those that are undefined. */
  change: (next: Search) => void;
  clear: () => void;
}

/** The conditions in an address; `go` leads to another one. Only clearing them is a step that the browser's Back undoes. */
export const conditionsOf = <Search extends object>(
  search: Search,
  go: (search: (now: Search) => Search, replace: boolean) => void,
): Conditions<Search> => ({
  search,
  isNarrowed: Object.keys(search).length > 0,
  change: (next) => { go((now) => ({ ...now, ...next }), true); },
  clear: () => { go(() => ({}) as Search, false); },
});
