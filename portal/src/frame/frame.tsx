import '@/theme/frame.css';
import { AppShell, Box, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLive } from '@/live/use-live';
import { useSession } from '@/session';
import { areaOf } from './places';
import { AccountMenu } from './account-menu';
import { Bell } from './bell';
import { ConnectionIndicator } from './connection-indicator';
import { EnvironmentBadge } from './environment-badge';
import { Navigation } from './navigation';
import { PaletteButton } from './palette-button';
import { Shortcuts } from './shortcuts';
import { SignedOutElsewhere } from './signed-out-elsewhere';
import { UploadTray } from './upload-tray';

/** What stands around every page behind sign-in. It stays when a page fails. */
export function Frame() {
  const session = useSession();
  return session ? <SignedInFrame /> : <SignedOutElsewhere />;
}

function SignedInFrame() {
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const area = areaOf(pathname);
  const main = useFocusOnNewPage(pathname, close);
  useLive();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'lg' }}
      transitionDuration={150}
    >
      <a className="skip-link" href="#main">Skip to the page</a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={opened ? 'Close navigation' : 'Open navigation'} aria-expanded={opened} />
            {/* On a phone the environment needs the room more than the sign does. */}
            <Box component="img" src="/icon.svg" alt="" w={24} h={24} {...(area === 'ops' ? { visibleFrom: 'xs' } : {})} />
            <Text fw={650} visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}>Creator Studio</Text>
            {area === 'ops' && <EnvironmentBadge />}
          </Group>
          <Group gap={4} wrap="nowrap">
            <ConnectionIndicator />
            <PaletteButton />
            <Bell />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Areas">
        <ScrollArea style={{ flex: 1 }}><Navigation onGo={close} /></ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} style={{ outline: 'none' }}>
        <div className={area} style={area === 'ops' ? undefined : { maxWidth: 1200, marginInline: 'auto' }}>
          <Outlet />
        </div>
      </AppShell.Main>
      {area === 'studio' && <UploadTray />}
      <Shortcuts />
      <Notifications position="top-right" limit={4} containerWidth={380} />
    </AppShell>
  );
}

/** A new page takes the focus, as a page load would; a change of a filter does not. */
function useFocusOnNewPage(pathname: string, arrived: () => void) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    arrived();
    main.current?.focus({ preventScroll: true });
  }, [pathname, arrived]);
  return main;
}
