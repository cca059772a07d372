// Sets the colour scheme before the first paint, so that a dark page never flashes white.
// A file of its own, because the page runs under `script-src 'self'`.
(function () {
  let chosen = null;
  try {
    chosen = window.localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage can be switched off; the system's choice then holds.
  }
  const dark =
    chosen === 'dark' ||
    (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
