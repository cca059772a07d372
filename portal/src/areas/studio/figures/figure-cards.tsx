import { Group, Paper, SimpleGrid, Text } from '@mantine/core';
import type { Overview } from '@/client';
import { countDays } from '@/format/days';
import { minutes } from '@/format/figures';
import { compact, exact } from '@/format/sizes';
import { Trend } from './trend';

/** Three figures of a range, short, with how they stand against the days before; exact on hover and to a screen reader. */
export function FigureCards({ overview: { totals, previous } }: { overview: Overview }) {
  const days = previous ? countDays(previous.from, previous.to) : 0;
  const cards = [
    { name: 'Views', now: totals.views, before: previous?.totals.views, exactly: exact },
    { name: 'Minutes', now: totals.watch_minutes, before: previous?.totals.watch_minutes, exactly: minutes },
    { name: 'Likes', now: totals.likes, before: previous?.totals.likes, exactly: exact },
  ];
  return (
    <SimpleGrid cols={3} spacing={{ base: 'xs', sm: 'md' }}>
      {cards.map(({ name, now, before, exactly }) => (
        <Paper key={name} withBorder p={{ base: 'xs', sm: 'md' }} role="group" aria-label={name}>
          <Text size="sm" c="dimmed">{name}</Text>
          <Text fz={{ base: 24, sm: 32 }} lh={{ base: '32px', sm: '40px' }} fw={600} className="tabular" title={exactly(now)}>
            <span aria-hidden>{compact(now)}</span><span className="sr-only">{exactly(now)}</span>
          </Text>
          {before !== undefined && <Group gap={6}><Trend now={now} before={before} days={days} /><Text size="sm" c="dimmed" visibleFrom="md" aria-hidden>against {exactly(before)} before</Text></Group>}
        </Paper>
      ))}
    </SimpleGrid>
  );
}
