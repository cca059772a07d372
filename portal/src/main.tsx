import './theme/first.css';
import './theme/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { connectClient, keepFresh, openSession } from './session';
import { reportPageLoads } from './telemetry/page-loads';
import { router } from './router';

connectClient();
// Asked for at once; whoever needs the answer waits for the same one and hears of a failure there.
openSession().catch(() => undefined);
keepFresh();
reportPageLoads(router);

// The scripts of a page behind sign-in are fetched while the session is asked for, not after.
const [matched] = router.getMatchedRoutes(router.latestLocation.pathname);
for (const route of matched) {
  router.loadRouteChunk(route)?.catch(() => undefined);
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const page = createRoot(root);
// One render, of the page itself. An empty one, and then another, would take as long again.
void router.load().finally(() => { page.render(<StrictMode><App /></StrictMode>); });
