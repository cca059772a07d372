import { Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual, IconPlus, type Icon } from '@tabler/icons-react';
import { change, type Change } from '@/format/figures';
import { roleColour, type Role } from '@/theme/tokens';

const looks: Record<Change['direction'], { Shape: Icon; role: Role }> = {
  up: { Shape: IconArrowUpRight, role: 'good' },
  down: { Shape: IconArrowDownRight, role: 'warn' },
  same: { Shape: IconEqual, role: 'neutral' },
  new: { Shape: IconPlus, role: 'neutral' },
};

/** How a figure stands against as many days before: an arrow and a share, and the whole sentence on hover and to a screen reader. */
export function Trend({ now, before, days }: { now: number; before: number; days: number }) {
  const { direction, short, sentence } = change(now, before, days);
  const { Shape, role } = looks[direction];
  return (
    <Text span size="sm" fw={600} c={roleColour(role)} className="tabular" title={sentence} style={{ whiteSpace: 'nowrap' }}>
      <Shape size={16} aria-hidden style={{ verticalAlign: '-3px' }} /> <span aria-hidden>{short}</span>
      <span className="sr-only">{sentence}</span>
    </Text>
  );
}
