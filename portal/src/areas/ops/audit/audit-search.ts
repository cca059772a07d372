import { compacted, text } from '../search-fields';

export interface AuditSearch {
  action?: string | undefined;
  target?: string | undefined;
}

export const parseAuditSearch = (search: Record<string, unknown>): AuditSearch => compacted({
  action: text(search.action), target: text(search.target),
});
