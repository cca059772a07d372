import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { frameRoute } from '@/frame/root-routes';

const settings = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings'), 'Settings'),
});

const index = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => { throw redirect({ to: '/settings/profile', replace: true }); },
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: '/profile',
  component: lazyRouteComponent(() => import('./profile'), 'ProfilePage'),
});

const password = createRoute({
  getParentRoute: () => settings,
  path: '/password',
  component: lazyRouteComponent(() => import('./password'), 'PasswordPage'),
});

const sessions = createRoute({
  getParentRoute: () => settings,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./sessions'), 'SessionsPage'),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./tokens'), 'TokensPage'),
});

export const settingsRoutes = settings.addChildren([index, profile, password, sessions, tokens]);
