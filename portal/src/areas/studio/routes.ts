import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { frameRoute } from '@/frame/root-routes';
import { parseLibrarySearch } from './library/library-search';

const studio = createRoute({
  getParentRoute: () => frameRoute,
  path: '/studio',
  component: lazyRouteComponent(() => import('./studio'), 'Studio'),
});

const index = createRoute({
  getParentRoute: () => studio,
  path: '/',
  beforeLoad: () => { throw redirect({ to: '/studio/library', replace: true }); },
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

export const studioRoutes = studio.addChildren([index, upload, library, content]);
