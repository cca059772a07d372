function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the browser tests run against a product that is up (\`make test-browser\`).`);
  return value.replace(/\/$/, '');
}

/** The portal with its API. */
export const studioUrl = needed('CREATOR_STUDIO_TEST_URL');
/** The mail catcher's web address. */
export const mailUrl = needed('CREATOR_STUDIO_TEST_MAIL_WEB');
/** The VOD service, started with faults allowed. */
export const vodUrl = needed('CREATOR_STUDIO_TEST_VOD');
/** The browser's program. */
export const chromium = needed('CREATOR_STUDIO_TEST_CHROMIUM');
