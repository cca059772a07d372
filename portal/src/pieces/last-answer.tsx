import type { ReactNode } from 'react';

/** Stands back while the answer to the last question is still shown. */
export function LastAnswer({ shown, children }: { shown: boolean; children: ReactNode }) {
  return <div aria-busy={shown} style={shown ? { opacity: 0.6 } : undefined}>{children}</div>;
}
