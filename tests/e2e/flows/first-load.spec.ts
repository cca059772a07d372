import type { Page } from '@playwright/test';
import { seedFigures } from '../figures.ts';
import { creator, join, signIn } from '../people.ts';
import { expect, test } from '../portal.ts';

const visits = 20;
const longestMilliseconds = 500;
const mostScriptBytes = 200_000;

/** When the browser first painted anything: the page is rendered whole and at once, so that is when it stands. What
 *  the driver of this test needs to notice it is no part of the portal. */
const painted = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;

/** Says how long nineteen of twenty visits took at most. A figure, not a verdict: how fast a machine is that runs the tests
 *  says nothing of the portal. */
function report(name: string, times: number[]): void {
  const p95 = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Infinity;
  console.log(`BENCH ${name} ratio=${(p95 / longestMilliseconds).toFixed(2)} ours=${Math.round(p95)} theirs=${longestMilliseconds} unit=ms peer=limit`);
}

/** The scripts that a page has loaded so far. */
const scriptsOf = (page: Page) => page.evaluate(() => performance.getEntriesByType('resource')
  .filter((entry) => entry.name.endsWith('.js'))
  .map((entry) => ({ name: new URL(entry.name).pathname, bytes: (entry as PerformanceResourceTiming).encodedBodySize })));

test('the first page needs under 200 KB of script; how soon it stands is measured, cold', async ({ browser }) => {
  const times: number[] = [];
  let script = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    // A browser context of its own has an empty cache: a first visit.
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto('/sign-in', { waitUntil: 'commit' });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    times.push(await page.evaluate(painted));
    script = (await scriptsOf(page)).reduce((total, { bytes }) => total + bytes, 0);
    await context.close();
  }
  report('portal_first_load_p95', times);
  expect(script).toBeLessThanOrEqual(mostScriptBytes);
});

/** Notes when the first chart of a page can be walked: it stands, and the page has time for a key. */
const noteFirstChart = () => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[role=application]')) return;
    observer.disconnect();
    requestAnimationFrame(() => { setTimeout(() => { performance.mark('first-chart'); }); });
  }).observe(document, { childList: true, subtree: true });
};

/** Opens the dashboard and says when it could be used. */
async function visitDashboard(page: Page): Promise<number> {
  await page.goto('/studio', { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('first-chart').length > 0);
  return page.evaluate(() => performance.getEntriesByName('first-chart')[0]?.startTime ?? Infinity);
}

test('the dashboard of a busy creator asks once for its figures; how soon it can be used is measured, on the first visit and on later ones', async ({ browser }) => {
  const own = await browser.newContext();
  const person = await join(await own.newPage());
  await seedFigures(person.email, 'busy');
  const [cold, warm]: [number[], number[]] = [[], []];
  let visitor = await own.storageState();
  await own.close();
  for (let visit = 0; visit < visits; visit += 1) {
    // Each visit takes the session over from the one before, since a refresh token is good once; the cache is empty.
    const context = await browser.newContext({ storageState: visitor });
    const visited = await context.newPage();
    const asked: string[] = [];
    visited.on('request', (one) => { if (one.url().includes('/v1/analytics/')) asked.push(new URL(one.url()).pathname); });
    await visited.addInitScript(noteFirstChart);
    cold.push(await visitDashboard(visited));
    expect(asked).toEqual(['/v1/analytics/dashboard']);
    warm.push(await visitDashboard(visited));
    visitor = await context.storageState();
    await context.close();
  }
  report('portal_dashboard_cold_p95', cold);
  report('portal_dashboard_p95', warm);
});

test('the first page stands with what its HTML names: no second round of scripts, and no question to the API', async ({ page, request }) => {
  const asked: string[] = [];
  page.on('request', (one) => { if (one.url().includes('/v1/auth/')) asked.push(one.url()); });
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const html = await (await request.get('/sign-in')).text();
  expect((await scriptsOf(page)).filter(({ name }) => !html.includes(name)), 'scripts that the HTML does not name').toEqual([]);
  expect(asked).toEqual([]);
});

test('the scripts of a page behind sign-in are on their way before the session is known', async ({ page }) => {
  await signIn(page, creator);
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  let answered = false;
  const early: string[] = [];
  page.on('request', (one) => { if (!answered && one.url().endsWith('.js')) early.push(new URL(one.url()).pathname); });
  await page.route('**/v1/auth/sessions/refresh', async (route) => {
    const answer = await route.fetch();
    // The answer waits for the dashboard's own script: were that fetched only after it, the page would never come.
    await expect.poll(() => early.some((name) => name.includes('/dashboard-page-'))).toBe(true);
    answered = true;
    await route.fulfill({ response: answer });
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  expect(answered).toBe(true);
});

test('a visit is reported to the API by its route, never by its address', async ({ page }) => {
  const reports: { page: string; milliseconds: number; kind: string }[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/v1/telemetry/page-loads')) reports.push(request.postDataJSON() as (typeof reports)[number]);
  });
  await signIn(page, creator);
  await page.getByRole('navigation').getByRole('link', { name: 'Library' }).click();
  await page.getByRole('table', { name: 'Works' }).locator('[data-row-link]').first().click();
  await expect.poll(() => reports.map((report) => report.page)).toContain('/studio/library/$contentId');
  expect(reports[0]).toMatchObject({ page: '/sign-in', kind: 'first' });
  for (const { milliseconds } of reports) expect(milliseconds).toBeGreaterThan(0);
});
