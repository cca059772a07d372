import { compacted, oneOf, text } from '../search-fields';

export interface OpsAnalyticsSearch {
  show?: 'business' | undefined;
  /** Only rejected events with this code. */
  code?: string | undefined;
}

export const parseOpsAnalyticsSearch = (search: Record<string, unknown>): OpsAnalyticsSearch => compacted({
  show: oneOf(search.show, ['business'] as const), code: text(search.code),
});
