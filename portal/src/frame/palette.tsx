import { useMantineColorScheme } from '@mantine/core';
import '@mantine/spotlight/styles.layer.css';
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useAccount } from '@/session';
import { useSignOut } from './account-menu';
import { pageOfId, placesOf } from './places';

/** Go somewhere, do something, or paste an id and open it. Opens each time that `wanted` grows. */
export function Palette({ wanted }: { wanted: number }) {
  const [text, setText] = useState('');
  const actions = useActions(text);
  useEffect(() => { spotlight.open(); }, [wanted]);
  return (
    <Spotlight
      actions={actions}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      nothingFound="Nothing matches. Paste a whole id, or type less."
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: 'Go to, do, or paste an id', 'aria-label': 'Go to, do, or paste an id', leftSection: <IconSearch size={18} aria-hidden /> }}
    />
  );
}

function useActions(text: string): SpotlightActionData[] {
  const { roles } = useAccount();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const leave = useSignOut();
  const found = pageOfId(text);
  return [
    ...(found ? [{ id: text, label: `Open ${text.trim()}`, onClick: () => void navigate(found) }] : []),
    ...placesOf(roles).flatMap(({ area, places }) =>
      places.map(({ to, label }) => ({ id: to, label, description: area, keywords: area, onClick: () => void navigate({ to }) }))),
    { id: 'settings', label: 'Settings', onClick: () => void navigate({ to: '/settings/profile' }) },
    { id: 'sessions', label: 'Sessions', description: 'Settings', onClick: () => void navigate({ to: '/settings/sessions' }) },
    { id: 'tokens', label: 'API tokens', description: 'Settings', onClick: () => void navigate({ to: '/settings/tokens' }) },
    { id: 'light', label: 'Light colours', keywords: 'theme', onClick: () => { setColorScheme('light'); } },
    { id: 'dark', label: 'Dark colours', keywords: 'theme', onClick: () => { setColorScheme('dark'); } },
    { id: 'sign-out', label: 'Sign out', onClick: () => void leave() },
  ];
}
