import { Button, Group, Text } from '@mantine/core';
import { counted } from '@/format/sizes';

/** The end of a list: more, or that this is all. */
export function ListEnd({ count, one, many, hasMore, loading, onMore }: { count: number; one: string; many?: string; hasMore: boolean; loading: boolean; onMore: () => void }) {
  return (
    <Group mt="sm" gap="md">
      <Text fz={13} c="dimmed">{hasMore ? `The newest ${counted(count, one, many)}` : counted(count, one, many)}</Text>
      {hasMore && <Button size="xs" variant="default" loading={loading} onClick={onMore}>Show more</Button>}
    </Group>
  );
}
