import { defineConfig, devices } from '@playwright/test';
import { told } from './settings.ts';

/** A browser that talks to nobody but the product. */
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

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
  // Transcoding eight clips takes both cores, and the first load is measured when nothing else runs.
  projects: [
    { name: 'flows', testIgnore: /first-load|every-clip|late-count/ },
    { name: 'every clip', testMatch: /every-clip/, dependencies: ['flows'] },
    { name: 'first load', testMatch: /first-load/, dependencies: ['every clip'], fullyParallel: false },
    { name: 'late count', testMatch: /late-count/, dependencies: ['first load'] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: told('CREATOR_STUDIO_TEST_URL'),
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 720 },
    // Still pictures: what moves is not what is tested.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: told('CREATOR_STUDIO_TEST_CHROMIUM'),
      // Chromium has no sandbox of its own as root, which is what CI often is.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...quiet],
    },
  },
});
