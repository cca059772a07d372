import { Group, Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { TextLink } from '@/pieces/links';

const pages = [
  { to: '/settings/profile', label: 'Profile' },
  { to: '/settings/password', label: 'Password' },
  { to: '/settings/sessions', label: 'Sessions' },
  { to: '/settings/tokens', label: 'API tokens' },
] as const;

export function Settings() {
  return (
    <Stack gap="md" maw={760}>
      <nav aria-label="Settings">
        <Group gap={4}>
          {pages.map(({ to, label }) => (
            <TextLink key={to} to={to} underline="never" className="tab-link" activeProps={{ 'aria-current': 'page' }}>{label}</TextLink>
          ))}
        </Group>
      </nav>
      <Outlet />
    </Stack>
  );
}
