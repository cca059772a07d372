import { useState, type KeyboardEvent, type PointerEvent } from 'react';

/** How many points Page Up and Page Down pass: a week of days. */
const stride = 7;

/** The point that a key leads to; undefined when the key means nothing here. Before the first key no point is chosen. */
export function nextPoint(key: string, at: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const to = (index: number) => Math.min(last, Math.max(0, index));
  switch (key) {
    case 'ArrowLeft': return to((at ?? count) - 1);
    case 'ArrowRight': return at === undefined ? 0 : to(at + 1);
    case 'PageUp': return to((at ?? count) - stride);
    case 'PageDown': return at === undefined ? 0 : to(at + stride);
    case 'Home': return 0;
    case 'End': return last;
    default: return undefined;
  }
}

/** The point of a chart that is read, by arrow keys or under the pointer. Escape lets go of it. */
export function useWalk(count: number, pointUnder: (across: number) => number) {
  const [chosen, setChosen] = useState<number>();
  // A chart that lost points while it was open must not read one that is gone.
  const at = chosen === undefined || count === 0 ? undefined : Math.min(chosen, count - 1);
  return {
    at,
    handlers: {
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape') { setChosen(undefined); return; }
        const next = nextPoint(event.key, at, count);
        if (next === undefined) return;
        event.preventDefault();
        setChosen(next);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (count > 0) setChosen(pointUnder(event.clientX - event.currentTarget.getBoundingClientRect().left));
      },
      onPointerLeave: (event: PointerEvent<HTMLElement>) => {
        if (document.activeElement !== event.currentTarget) setChosen(undefined);
      },
      onBlur: () => { setChosen(undefined); },
    },
  };
}
