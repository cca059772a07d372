import { createRouter } from '@tanstack/react-router';
import { NotFound } from './frame/not-found';
import { PageBoundary } from './frame/page-boundary';
import { routes } from './routes';

export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  // The answers live in the query cache; the router must not keep a second copy.
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageBoundary,
  defaultNotFoundComponent: NotFound,
  // The old page stays for a second before anything is shown in its place.
  defaultPendingMs: 1000,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
