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

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<StrictMode><App /></StrictMode>);
