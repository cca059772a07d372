import { Stack, Text } from '@mantine/core';
import {
  IconCalendarTime, IconChartBar, IconChartLine, IconCpu, IconGauge, IconHistory, IconHome, IconListDetails, IconRoute, IconSettings,
  IconStack2, IconUpload, IconVideo, type Icon,
} from '@tabler/icons-react';
import { SideLink } from './side-link';
import { useAccount } from '@/session';
import { placesOf, type Place } from './places';

const icons: Record<Place['to'], Icon> = {
  '/studio': IconHome, '/studio/upload': IconUpload, '/studio/library': IconVideo, '/studio/analytics': IconChartLine,
  '/ops': IconGauge, '/ops/queues': IconStack2, '/ops/jobs': IconListDetails, '/ops/runs': IconRoute,
  '/ops/schedules': IconCalendarTime, '/ops/workers': IconCpu, '/ops/analytics': IconChartBar, '/ops/audit': IconHistory,
  '/settings/profile': IconSettings,
};

export function Navigation({ onGo }: { onGo: () => void }) {
  const { roles } = useAccount();
  const areas = placesOf(roles);
  return (
    <Stack gap="md">
      {areas.map(({ area, places }) => (
        <Stack gap={2} key={area}>
          {areas.length > 1 && <Text size="xs" fw={600} c="dimmed" px="sm">{area}</Text>}
          {places.map((place) => <Item key={place.to} place={place} onGo={onGo} />)}
        </Stack>
      ))}
      <Item place={{ to: '/settings/profile', label: 'Settings' }} onGo={onGo} />
    </Stack>
  );
}

function Item({ place: { to, label }, onGo }: { place: Place; onGo: () => void }) {
  const Shape = icons[to];
  return (
    <SideLink
      to={to}
      label={label}
      onClick={onGo}
      activeOptions={{ exact: to === '/ops' || to === '/studio' }}
      activeProps={{ active: true, 'aria-current': 'page' }}
      leftSection={<Shape size={18} aria-hidden />}
    />
  );
}
