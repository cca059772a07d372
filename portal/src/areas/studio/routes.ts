import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '@/frame/root-routes';
import { parseAnalyticsSearch } from './analytics/analytics-search';
import { parseLibrarySearch } from './library/library-search';

const studio = createRoute({
  getParentRoute: () => frameRoute,
  path: '/studio',
  component: lazyRouteComponent(() => import('./studio'), 'Studio'),
});

const loadDashboard = () => import('./dashboard/dashboard-page');

const dashboard = createRoute({
  getParentRoute: () => studio,
  path: '/',
  // Asked before the frame and the page are put together, which takes longer than the answer.
  loader: async () => { await (await loadDashboard()).askAhead(); },
  component: lazyRouteComponent(loadDashboard, 'DashboardPage'),
});

const upload = createRoute({
  getParentRoute: () => studio,
  path: '/upload',
  component: lazyRouteComponent(() => import('./upload/upload-page'), 'UploadPage'),
});

const library = createRoute({
  getParentRoute: () => studio,
  path: '/library',
  validateSearch: parseLibrarySearch,
  component: lazyRouteComponent(() => import('./library/library-page'), 'LibraryPage'),
});

const content = createRoute({
  getParentRoute: () => studio,
  path: '/library/$contentId',
  component: lazyRouteComponent(() => import('./content/content-page'), 'ContentPage'),
});

const analytics = createRoute({
  getParentRoute: () => studio,
  path: '/analytics',
  validateSearch: parseAnalyticsSearch,
  component: lazyRouteComponent(() => import('./analytics/analytics-page'), 'AnalyticsPage'),
});

export const studioRoutes = studio.addChildren([dashboard, upload, library, content, analytics]);
