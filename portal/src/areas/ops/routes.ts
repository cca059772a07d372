import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '@/frame/root-routes';
import { parseOpsAnalyticsSearch } from './analytics/analytics-search';
import { parseAuditSearch } from './audit/audit-search';
import { parseJobsSearch } from './jobs/jobs-search';
import { parseRunsSearch } from './runs/runs-search';

const ops = createRoute({
  getParentRoute: () => frameRoute,
  path: '/ops',
  component: lazyRouteComponent(() => import('./ops'), 'Ops'),
});

const overview = createRoute({
  getParentRoute: () => ops,
  path: '/',
  component: lazyRouteComponent(() => import('./overview/overview-page'), 'OverviewPage'),
});

const queues = createRoute({
  getParentRoute: () => ops,
  path: '/queues',
  component: lazyRouteComponent(() => import('./queues/queues-page'), 'QueuesPage'),
});

const jobs = createRoute({
  getParentRoute: () => ops,
  path: '/jobs',
  validateSearch: parseJobsSearch,
  component: lazyRouteComponent(() => import('./jobs/jobs-page'), 'JobsPage'),
});

const job = createRoute({
  getParentRoute: () => ops,
  path: '/jobs/$jobId',
  component: lazyRouteComponent(() => import('./jobs/job-page'), 'JobPage'),
});

const runs = createRoute({
  getParentRoute: () => ops,
  path: '/runs',
  validateSearch: parseRunsSearch,
  component: lazyRouteComponent(() => import('./runs/runs-page'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => ops,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./runs/run-page'), 'RunPage'),
});

const schedules = createRoute({
  getParentRoute: () => ops,
  path: '/schedules',
  component: lazyRouteComponent(() => import('./schedules/schedules-page'), 'SchedulesPage'),
});

const schedule = createRoute({
  getParentRoute: () => ops,
  path: '/schedules/$name',
  component: lazyRouteComponent(() => import('./schedules/schedule-page'), 'SchedulePage'),
});

const workers = createRoute({
  getParentRoute: () => ops,
  path: '/workers',
  component: lazyRouteComponent(() => import('./workers/workers-page'), 'WorkersPage'),
});

const analytics = createRoute({
  getParentRoute: () => ops,
  path: '/analytics',
  validateSearch: parseOpsAnalyticsSearch,
  component: lazyRouteComponent(() => import('./analytics/ops-analytics-page'), 'OpsAnalyticsPage'),
});

const audit = createRoute({
  getParentRoute: () => ops,
  path: '/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('./audit/audit-page'), 'AuditPage'),
});

export const opsRoutes = ops.addChildren([overview, queues, jobs, job, runs, run, schedules, schedule, workers, analytics, audit]);
