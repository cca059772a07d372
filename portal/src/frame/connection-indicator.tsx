import { Group, Text, Tooltip } from '@mantine/core';
import { clock } from '@/format/times';
import { useConnection, type Connection } from '@/live/connection';
import { useTimeZone } from '@/preferences/preferences';
import { roleColour, type Role } from '@/theme/tokens';

/** Whether the page is kept up to date, in words: `Live`, `Reconnecting, showing 14:02`, `Offline`. */
export function connectionWords(connection: Connection, zone: string): { text: string; role: Role; means: string } {
  switch (connection.kind) {
    case 'live': return { text: 'Live', role: 'good', means: 'What you see is kept up to date.' };
    case 'connecting': return { text: 'Connecting', role: 'neutral', means: 'The live connection is being made.' };
    case 'reconnecting': return {
      text: `Reconnecting, showing ${clock(connection.showing, zone)}`, role: 'warn',
      means: 'What you see may be older. It is brought up to date when the connection stands again.',
    };
    case 'offline': return { text: 'Offline', role: 'bad', means: `You see ${clock(connection.showing, zone)}. Uploads go on when you're back.` };
  }
}

export function ConnectionIndicator() {
  const connection = useConnection();
  const { text, role, means } = connectionWords(connection, useTimeZone());
  return (
    <Tooltip label={means}>
      <Group gap={6} wrap="nowrap" px="xs" role="status" tabIndex={0} aria-label={`${text}. ${means}`}>
        <span aria-hidden style={{ width: 8, height: 8, borderRadius: 4, background: roleColour(role), flexShrink: 0 }} />
        <Text size="xs" fw={500} c={roleColour(role)} className="one-line" maw={{ base: 96, sm: 220 }}>{text}</Text>
      </Group>
    </Tooltip>
  );
}
