import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { usePreferences } from '@/preferences/preferences';

const ShortcutHelp = lazy(() => import('./shortcut-help').then(({ ShortcutHelp }) => ({ default: ShortcutHelp })));

/** `?` shows the keys, `/` searches. Single keys never work while somebody types, and can be turned off. */
export function Shortcuts() {
  const [help, setHelp] = useState(false);
  const { singleKeys } = usePreferences();
  useHotkeys([
    ['shift + ?', () => { if (singleKeys) setHelp(true); }],
    ['/', (event) => { if (singleKeys) focusSearch(event); }],
  ]);
  return help && <Suspense fallback={null}><ShortcutHelp onClose={() => { setHelp(false); }} /></Suspense>;
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>('input[data-page-search]');
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}
