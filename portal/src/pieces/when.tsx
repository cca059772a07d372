import { Tooltip } from '@mantine/core';
import { moment, relative } from '@/format/times';
import { useTimeZone } from '@/preferences/preferences';
import { useNow } from './now';

/** A moment: in words under a day, exact on hover and focus, in the page's one zone. */
export function When({ at }: { at: string | Date }) {
  const zone = useTimeZone();
  const now = useNow();
  return (
    <Tooltip label={moment(at, zone)}>
      <time dateTime={new Date(at).toISOString()} style={{ whiteSpace: 'nowrap' }}>{relative(at, zone, now)}</time>
    </Tooltip>
  );
}
