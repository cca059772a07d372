/** Whether this browser may have a session. The cookie itself is hidden from scripts; this only spares a visitor who
 *  never signed in the question to the server, and the wait for its answer. */
const key = 'creator-studio-session';

/** True where one was, and where the browser keeps nothing, so that nobody is signed out for it. */
export function mayHaveSession(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return true;
  }
}

export function rememberWhether(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(key, 'yes');
    else localStorage.removeItem(key);
  } catch {
    // Storage can be switched off; the server is then asked each time.
  }
}
