import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing is here, and that is the truth: shown only after a successful answer. */
export function Empty({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <Paper withBorder p="xl" style={{ borderStyle: 'dashed' }}>
      <Stack align="center" gap="md" py="lg">
        <Text c="dimmed" ta="center">{children}</Text>
        {act}
      </Stack>
    </Paper>
  );
}
