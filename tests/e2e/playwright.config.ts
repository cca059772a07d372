import { defineConfig, devices } from '@playwright/test';

/** A value that `make test-e2e` sets; these tests do not run against anything that they were not told of. */
function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the browser tests by "make test-e2e", which starts a product.`);
  return value;
}

export default defineConfig({
  testDir: 'flows',
  outputDir: '../../target/e2e/results',
  reporter: [['list'], ['html', { outputFolder: '../../target/e2e/report', open: 'never' }]],
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  // A flow with real transcoding takes seconds on two busy cores.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL: told('CREATOR_STUDIO_TEST_URL'),
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: told('CREATOR_STUDIO_TEST_CHROMIUM'),
      // Chromium has no sandbox of its own as root, which is what CI often is.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
