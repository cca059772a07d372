import type { LinkProps } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { TextLink } from './links';

/** Views of one page side by side, each with an address of its own; the one that is shown is always within sight. */
export function Tabs({ label, tabs }: { label: string; tabs: ({ label: string } & Pick<LinkProps, 'to' | 'search'>)[] }) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => { row.current?.querySelector('[aria-current=page]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' }); });
  return (
    <nav aria-label={label} className="tabs" ref={row}>
      {tabs.map(({ label: name, ...link }) => (
        <TextLink key={name} {...link} underline="never" className="tab-link" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>{name}</TextLink>
      ))}
    </nav>
  );
}
