import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { problemFrom } from '@/session/problem';

const undoMilliseconds = 10_000;

/** Says that something is done, for a moment. */
export function say(message: string): void {
  notifications.show({ message, autoClose: 4000, withBorder: true });
}

/** Says that something is done, and offers the way back. */
export function sayWithUndo(message: string, undo: () => void): void {
  const id = crypto.randomUUID();
  notifications.show({
    id,
    autoClose: undoMilliseconds,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="default" onClick={() => { notifications.hide(id); undo(); }}>Undo</Button>
      </Group>
    ),
  });
}

/** Says that something could not be done, with the code to copy. It stays until it is closed. */
export function sayProblem(what: string, error: unknown): void {
  const problem = problemFrom(error, undefined);
  notifications.show({
    title: what,
    message: [problem.message, problem.whatToDo, `(${[problem.code, problem.requestId].filter(Boolean).join(' ')})`].filter(Boolean).join(' '),
    autoClose: false,
    withBorder: true,
    color: 'red.9',
    role: 'alert',
  });
}
