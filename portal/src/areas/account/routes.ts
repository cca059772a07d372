import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/frame/root-routes';
import { parseNext, parseToken } from './search';
import { SignInPage } from './sign-in';

// Not lazy: who has no session comes here first, and must not wait for a second round of scripts.
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: parseNext,
  component: SignInPage,
});

const signUp = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./sign-up'), 'SignUpPage'),
});

const verify = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify',
  validateSearch: parseToken,
  component: lazyRouteComponent(() => import('./verify'), 'VerifyPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./forgot-password'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: parseToken,
  component: lazyRouteComponent(() => import('./reset-password'), 'ResetPasswordPage'),
});

export const accountRoutes = [signIn, signUp, verify, forgotPassword, resetPassword] as const;
