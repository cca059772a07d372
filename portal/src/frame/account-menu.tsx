import { ActionIcon, Menu, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { sayProblem } from '@/pieces/say';
import { zoneName } from '@/format/times';
import { useTimeZone } from '@/preferences/preferences';
import { signOut, useAccount } from '@/session';

export function AccountMenu() {
  const account = useAccount();
  const navigate = useNavigate();
  const leave = useSignOut();
  const zone = useTimeZone();
  return (
    <Menu position="bottom-end" width={260} trapFocus>
      <Menu.Target>
        <ActionIcon variant="subtle" color="var(--ink-neutral)" size={44} aria-label={`Account of ${account.display_name}`}>
          <IconUserCircle size={24} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt="xs" className="one-line">{account.display_name}</Text>
        <Text size="xs" c="dimmed" px="sm" pb="xs" className="one-line">{account.email}</Text>
        <SchemeChoice />
        <Text size="xs" c="dimmed" px="sm" py="xs">Times are in {zone.replaceAll('_', ' ')} ({zoneName(new Date(), zone)})</Text>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => void navigate({ to: '/settings/profile' })}>Settings</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      m="xs"
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
