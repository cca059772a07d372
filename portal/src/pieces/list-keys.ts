import { useCallback, type KeyboardEvent } from 'react';
import { usePreferences } from '@/preferences/preferences';

/** The row that the focus goes to; undefined when it stays. */
export function nextRow(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'j': case 'ArrowDown': return Math.min(count - 1, at + 1);
    case 'k': case 'ArrowUp': return Math.max(0, at - 1);
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return undefined;
  }
}

/** Keys inside a list whose rows carry a link with `data-row-link`: `j` `k` and arrows move, Enter opens (the link's own). */
export function useListKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const { singleKeys } = usePreferences();
  return useCallback((event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=menu]');
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!singleKeys && event.key.length === 1) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
    const row = event.target instanceof Element ? event.target.closest('tr, li') : null;
    const at = links.findIndex((link) => row?.contains(link));
    const next = nextRow(event.key, at, links.length);
    if (next === undefined) return;
    event.preventDefault();
    links[next]?.focus();
  }, [singleKeys]);
}
