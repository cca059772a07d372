import { chromium as playwright, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { chromium, studioUrl } from './addresses';

const quiet = [
  '--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** What the browser complained about that no test asked for. */
export interface Complaints {
  list: string[];
}

/** One person's browser: cookies, storage and language of their own. */
export interface Device {
  context: BrowserContext;
  page: Page;
  complaints: Complaints;
}

let browser: Browser | undefined;

/** Starts one browser for the walks of a file. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await playwright.launch({ executablePath: chromium, args: quiet });
  });
  afterAll(async () => {
    await browser?.close();
    browser = undefined;
  });
}

/** A new device: a desktop in light colours, unless told otherwise. */
export async function device(options: BrowserContextOptions = {}): Promise<Device> {
  if (!browser) throw new Error('withBrowser() was not called in this file');
  const context = await browser.newContext({
    baseURL: studioUrl, viewport: { width: 1280, height: 720 }, timezoneId: 'Europe/Berlin', locale: 'en-GB', reducedMotion: 'reduce', ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: Complaints = { list: [] };
  page.on('pageerror', (error) => complaints.list.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) complaints.list.push(message.text());
  });
  return { context, page, complaints };
}

/** The browser logs every refused request; that is the API's to say, not a defect of the page. */
const isAnswer = (text: string): boolean => text.startsWith('Failed to load resource');

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
