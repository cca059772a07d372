import { createRoute, redirect } from '@tanstack/react-router';
import { accountRoutes } from './areas/account/routes';
import { opsRoutes } from './areas/ops/routes';
import { settingsRoutes } from './areas/settings/routes';
import { studioRoutes } from './areas/studio/routes';
import { homeOf } from './frame/places';
import { frameRoute, rootRoute } from './frame/root-routes';
import { openSession } from './session';

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const session = await openSession();
    throw redirect({ to: session ? homeOf(session.account.roles) : '/sign-in', replace: true });
  },
});

/** The map of the portal: each area lists its own pages. */
export const routes = rootRoute.addChildren([
  home,
  ...accountRoutes,
  frameRoute.addChildren([studioRoutes, opsRoutes, settingsRoutes]),
]);
