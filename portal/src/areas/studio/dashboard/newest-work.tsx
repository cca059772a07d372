import { Group, Paper, Text } from '@mantine/core';
import type { Newest } from '@/client';
import { change } from '@/format/figures';
import { TextLink } from '@/pieces/links';

/** The newest work beside what earlier ones had after as many days. */
export function NewestWork({ newest: { content, title, sentence, views, usual_views: usual } }: { newest: Newest }) {
  const { direction, short } = change(views, usual ?? 0, 0);
  return (
    <Paper withBorder px="md" py="sm" component="section" aria-label="Newest work">
      <Group justify="space-between" gap="4px 16px">
        <Text component="div" style={{ flex: '1 1 240px', minWidth: 0 }}>
          <Text span c="dimmed" size="sm">Newest: </Text>
          <TextLink to="/studio/analytics" search={{ content }} fw={600} c="inherit">{title}</TextLink>
          <Text size="sm">{sentence}</Text>
        </Text>
        {usual !== undefined && usual > 0 && (direction === 'up' || direction === 'down') && (
          <Text size="sm" fw={600} c={direction === 'up' ? 'var(--ink-good)' : 'var(--ink-warn)'}>{short} {direction === 'up' ? 'above' : 'below'} the usual</Text>
        )}
      </Group>
    </Paper>
  );
}
