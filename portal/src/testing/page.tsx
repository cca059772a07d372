import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { Role } from '@/client';
import { NotFound } from '@/frame/not-found';
import { PageBoundary } from '@/frame/page-boundary';
import { queries } from '@/queries';
import { routes } from '@/routes';
import { adoptSession } from '@/session';
import { cssVariables, theme } from '@/theme/theme';
import { me } from './samples';

/** Signs somebody in on the page, without a server. */
export function signedInAs(...roles: Role[]): void {
  adoptSession({ accessToken: 'token', expiresAt: Date.now() + 900_000, account: me({ roles }) });
}

/** Opens an address of the portal with the real routes. What the API would answer has been put into the query cache. */
export function open(address: string) {
  const router = createRouter({
    routeTree: routes,
    history: createMemoryHistory({ initialEntries: [address] }),
    defaultErrorComponent: PageBoundary,
    defaultNotFoundComponent: NotFound,
  });
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}
