import { Text } from '@mantine/core';
import { clockSeconds } from '@/format/times';
import { useTimeZone } from '@/preferences/preferences';

/** When what one sees was read. */
export function AsOf({ at }: { at: number | undefined }) {
  const zone = useTimeZone();
  if (!at) return null;
  return <Text size="sm" c="dimmed" className="tabular">As of {clockSeconds(new Date(at), zone)}</Text>;
}
