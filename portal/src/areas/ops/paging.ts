import { keepPreviousData } from '@tanstack/react-query';

/** How many rows a list of Ops asks for at a time. */
export const pageSize = 50;

/** Page after page, by the cursor that the API gives; the old rows stay while other conditions are asked for. */
export const paged = {
  initialPageParam: {},
  getNextPageParam: (last: { next_cursor?: string | null | undefined }) => last.next_cursor ?? undefined,
  placeholderData: keepPreviousData,
};
