import { ActionIcon, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const Palette = lazy(() => import('./palette').then(({ Palette }) => ({ default: Palette })));
const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Ctrl/⌘K, or the button. What it opens is loaded when it is first wanted. */
export function PaletteButton() {
  const [wanted, setWanted] = useState(0);
  const open = () => { setWanted((times) => times + 1); };
  useHotkeys([['mod + K', open]], []);
  return (
    <>
      <Tooltip label={`Go to or do (${apple ? '⌘' : 'Ctrl '}K)`}>
        <ActionIcon variant="subtle" color="var(--ink-neutral)" size={44} onClick={open} aria-label="Go to a page or do something">
          <IconSearch size={22} />
        </ActionIcon>
      </Tooltip>
      {wanted > 0 && <Suspense fallback={null}><Palette wanted={wanted} /></Suspense>}
    </>
  );
}
