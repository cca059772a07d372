import { Group, Text } from '@mantine/core';
import {
  IconAlertOctagon, IconAlertTriangle, IconCalendar, IconCheck, IconClock, IconClockX, IconFile, IconFileX,
  IconHandStop, IconHourglass, IconLock, IconMovie, IconPlayerPause, IconPlayerPlay, IconRefresh, IconShieldCheck,
  IconTrash, IconUpload, IconWorld, IconX, type Icon,
} from '@tabler/icons-react';
import { roleColour, type Role } from '@/theme/tokens';
import type { IconName, Stated } from '@/words/stated';

const icons: Record<IconName, Icon> = {
  upload: IconUpload, pause: IconPlayerPause, file: IconFile, shield: IconShieldCheck, film: IconMovie,
  alert: IconAlertTriangle, 'file-x': IconFileX, lock: IconLock, calendar: IconCalendar, globe: IconWorld,
  'clock-x': IconClockX, bin: IconTrash, clock: IconClock, play: IconPlayerPlay, hand: IconHandStop,
  hourglass: IconHourglass, refresh: IconRefresh, check: IconCheck, octagon: IconAlertOctagon, x: IconX,
};

export function StateIcon({ icon, role, size = 18 }: { icon: IconName; role: Role; size?: number }) {
  const Shape = icons[icon];
  return <Shape size={size} color={roleColour(role)} aria-hidden style={{ flexShrink: 0 }} />;
}

/** A state as icon and word in the colour of its role. */
export function StateBadge({ stated, size = 'sm' }: { stated: Pick<Stated, 'word' | 'role' | 'icon'>; size?: 'sm' | 'md' }) {
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <StateIcon icon={stated.icon} role={stated.role} size={size === 'sm' ? 16 : 18} />
      <Text component="span" size={size} fw={600} c={roleColour(stated.role)} style={{ whiteSpace: 'nowrap' }}>
        {stated.word}
      </Text>
    </Group>
  );
}
