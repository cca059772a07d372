import { ActionIcon, Divider, NavLink, Popover, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SideLink } from './side-link';
import { sayProblem } from '@/pieces/say';
import { zoneName } from '@/format/times';
import { useTimeZone } from '@/preferences/preferences';
import { signOut, useAccount } from '@/session';

export function AccountMenu() {
  const account = useAccount();
  const [opened, setOpened] = useState(false);
  const leave = useSignOut();
  const zone = useTimeZone();
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={260} trapFocus shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="var(--ink-neutral)" size={44} onClick={() => { setOpened(!opened); }} aria-label={`Account of ${account.display_name}`}>
          <IconUserCircle size={24} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label="Your account">
        <Text size="sm" fw={600} px="xs" pt={4} className="one-line">{account.display_name}</Text>
        <Text size="xs" c="dimmed" px="xs" className="one-line">{account.email}</Text>
        <SchemeChoice />
        <Text size="xs" c="dimmed" px="xs" pb="xs">Times are in {zone.replaceAll('_', ' ')} ({zoneName(new Date(), zone)})</Text>
        <Divider />
        <SideLink to="/settings/profile" label="Settings" leftSection={<IconSettings size={16} aria-hidden />} onClick={() => { setOpened(false); }} mt={4} />
        <NavLink component="button" type="button" label="Sign out" leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()} />
      </Popover.Dropdown>
    </Popover>
  );
}

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      my="xs"
      aria-label="Colour scheme"
      value={colorScheme}
      onChange={(value) => { setColorScheme(value); }}
      data={[{ value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }, { value: 'auto', label: 'Auto' }]}
    />
  );
}

/** Ends the session on the server first; when that fails, the person stays signed in and hears it. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return async () => {
    try {
      await signOut();
      await navigate({ to: '/sign-in' });
      queries.clear();
    } catch (error) {
      sayProblem('You are still signed in', error);
    }
  };
}
