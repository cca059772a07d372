import { QueryClient } from '@tanstack/react-query';
import { isProblem } from './session/problem';

const attempts = 3;

/** What the API answered. Only failures that pass by themselves are asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < attempts && isProblem(error) && error.passes,
      retryDelay: (failures, error) =>
        isProblem(error) && error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : Math.min(8000, 500 * 2 ** failures),
    },
    mutations: { retry: false },
  },
});
