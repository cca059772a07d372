/** Locks over the tabs of a browser. Browsers have them only where the page is served securely (HTTPS or this machine). */
export const tabLocks = (): LockManager | undefined =>
  (navigator as { locks?: LockManager | null }).locks ?? undefined;
