import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemPanel } from './problem-panel';

/** Asks before what is hard to undo, and says what will be touched. */
export function Confirm({ opened, title, children, act, bad, busy, error, onAct, onClose }: {
  opened: boolean;
  title: string;
  /** What will be touched, and what not. */
  children: ReactNode;
  /** The verb on the button. */
  act: string;
  bad?: boolean;
  busy?: boolean;
  error?: unknown;
  onAct: () => void;
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text component="div">{children}</Text>
        {error !== undefined && error !== null && <ProblemPanel error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Keep as it is</Button>
          <Button {...(bad ? { color: 'red.9' } : {})} loading={busy ?? false} onClick={onAct} data-autofocus>{act}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
