import { Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Dashboard } from '@/client';
import { Rows } from '@/pieces/answer';
import { Empty } from '@/pieces/empty';
import { FreshnessLine } from '@/pieces/freshness';
import { ButtonLink, TextLink } from '@/pieces/links';
import { NewestWork } from './newest-work';

const FirstDrop = lazy(() => import('../upload/first-drop').then(({ FirstDrop }) => ({ default: FirstDrop })));

/** Before the first complete day. With nothing public there is one thing to do, and it can be done here. How far figures are
 *  complete is said once there are any of anybody's; until then it would say the same twice. */
export function FirstFigures({ dashboard: { state, newest, freshness } }: { dashboard: Dashboard }) {
  if (state === 'empty') {
    return (
      <Stack gap="sm">
        {freshness.complete_through && <FreshnessLine freshness={freshness} />}
        <Text c="dimmed">
          Nothing of yours is public yet. Make something public today: <Text span fw={600}>First figures tomorrow.</Text>{' '}
          What you have is in your <TextLink to="/studio/library" underline="always">Library</TextLink>.
        </Text>
        <Suspense fallback={<Rows count={1} height={280} />}><FirstDrop /></Suspense>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {freshness.complete_through && <FreshnessLine freshness={freshness} />}
      {newest && <NewestWork newest={newest} />}
      <Empty act={<ButtonLink variant="default" to="/studio/analytics" search={{ show: 'realtime' }}>See what happens now</ButtonLink>}>
        <Text span fw={600} inherit c="var(--mantine-color-text)">First figures tomorrow.</Text> A day is counted once it has ended, in UTC. Until then there is an estimate.
      </Empty>
    </Stack>
  );
}
