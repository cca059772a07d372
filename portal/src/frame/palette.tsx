import { Modal, useMantineColorScheme } from '@mantine/core';
import '@mantine/spotlight/styles.layer.css';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useAccount } from '@/session';
import { isCreator, isStaff } from '@/session/session';
import { useSignOut } from './account-menu';
import { pageOfId, placesOf } from './places';

/** Go somewhere, do something, or paste an id and open it. Opens each time that `wanted` grows. */
export function Palette({ wanted }: { wanted: number }) {
  const [text, setText] = useState('');
  const actions = useActions(text);
  useEffect(() => { spotlight.open(); }, [wanted]);
  const asked = text.trim().toLowerCase();
  const found = actions.filter(({ label, description, always }) => always ?? `${label} ${description ?? ''}`.toLowerCase().includes(asked));
  return (
    <Spotlight.Root query={text} onQueryChange={setText} shortcut={null} scrollable maxHeight={420} clearQueryOnClose>
      <Modal.Title className="sr-only">Go to or do</Modal.Title>
      <Spotlight.Search
        placeholder="Go to, do, or paste an id"
        aria-label="Go to, do, or paste an id"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {found.length === 0 && <Spotlight.Empty>Nothing matches. Paste a whole id, or type less.</Spotlight.Empty>}
        {found.map(({ id, label, description, act }) => (
          <Spotlight.Action key={id} label={label} {...(description ? { description } : {})} onClick={act} />
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface Action {
  id: string;
  label: string;
  description?: string;
  /** Shown whatever was typed. */
  always?: true;
  act: () => void;
}

function useActions(text: string): Action[] {
  const { roles } = useAccount();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const leave = useSignOut();
  const found = pageOfId(text);
  return [
    ...(found ? [{ id: text, label: `Open ${text.trim()}`, always: true as const, act: () => void navigate(found) }] : []),
    ...placesOf(roles).flatMap(({ area, places }) =>
      places.map(({ to, label }) => ({ id: to, label, description: area, act: () => void navigate({ to }) }))),
    ...(isCreator(roles) ? [
      { id: 'real-time', label: 'Real time', description: 'Analytics', act: () => void navigate({ to: '/studio/analytics', search: { show: 'realtime' } }) },
      { id: 'exports', label: 'Exports', description: 'Analytics', act: () => void navigate({ to: '/studio/analytics', search: { show: 'exports' } }) },
    ] : []),
    ...(isStaff(roles) ? [
      { id: 'business', label: 'Business figures', description: 'Analytics', act: () => void navigate({ to: '/ops/analytics', search: { show: 'business' } }) },
    ] : []),
    { id: 'settings', label: 'Settings', act: () => void navigate({ to: '/settings/profile' }) },
    { id: 'sessions', label: 'Sessions', description: 'Settings', act: () => void navigate({ to: '/settings/sessions' }) },
    { id: 'tokens', label: 'API tokens', description: 'Settings', act: () => void navigate({ to: '/settings/tokens' }) },
    { id: 'light', label: 'Light colours', description: 'Colours', act: () => { setColorScheme('light'); } },
    { id: 'dark', label: 'Dark colours', description: 'Colours', act: () => { setColorScheme('dark'); } },
    { id: 'sign-out', label: 'Sign out', act: () => void leave() },
  ];
}
