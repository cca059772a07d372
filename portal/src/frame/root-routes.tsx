import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { openSession } from '@/session';

/** The trunk that every area's routes grow from. */
export const rootRoute = createRootRoute();

const loadFrame = () => import('./frame');

/** Everything behind sign-in stands in the frame, which stays alive when a page fails. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ location }) => {
    // Fetched while the session is asked for, not after.
    void loadFrame();
    if (!(await openSession())) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
  component: lazyRouteComponent(loadFrame, 'Frame'),
});
