/** Where to go after sign-in. Only a path of this portal: an address of elsewhere is dropped. */
export function parseNext(search: Record<string, unknown>): { next?: string } {
  const { next } = search;
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? { next } : {};
}

/** The single-use token of a link in a mail. */
export function parseToken(search: Record<string, unknown>): { token?: string } {
  return typeof search.token === 'string' && search.token !== '' ? { token: search.token } : {};
}
