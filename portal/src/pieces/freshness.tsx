import { Group, Paper, Text } from '@mantine/core';
import type { Freshness } from '@/client';
import { StateIcon } from './state-badge';

/** How often an open page asks how far its figures are complete: lateness is said within a minute, whoever has to find it out. */
export const keptFresh = { refetchInterval: 30_000, refetchIntervalInBackground: false, staleTime: 10_000 } as const;

/** How far the figures are complete. It is always there; when the count is late, it is a calm banner. */
export function FreshnessLine({ freshness }: { freshness: Pick<Freshness, 'sentence' | 'stale' | 'complete_through'> }) {
  const zone = freshness.complete_through ? ' Days are in UTC.' : '';
  if (!freshness.stale) return <Text size="sm" role="status" c="dimmed">{freshness.sentence}{zone}</Text>;
  return (
    <Paper withBorder px="md" py="xs" role="status" style={{ borderInlineStart: '4px solid var(--ink-warn)' }}>
      <Group gap="sm" wrap="nowrap">
        <StateIcon icon="clock" role="warn" size={20} />
        <Text size="sm"><Text span fw={600} inherit c="var(--ink-warn)">Late.</Text> {freshness.sentence}{zone}</Text>
      </Group>
    </Paper>
  );
}
