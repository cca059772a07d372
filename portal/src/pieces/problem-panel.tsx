import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { problemFrom } from '@/session/problem';
import { CopyCode } from './copy-code';
import { StateIcon } from './state-badge';

/** A failure: what happened, what to do, a code to copy. `safe` says what is not lost. */
export function ProblemPanel({ error, what, safe, onRetry, retrying, onDismiss }: {
  error: unknown;
  /** What could not be done, as the start of a sentence: "The library couldn't load." */
  what?: string | undefined;
  safe?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  onDismiss?: (() => void) | undefined;
}) {
  const problem = problemFrom(error, undefined);
  return (
    <Paper withBorder p="md" role="alert" style={{ borderInlineStart: '4px solid var(--ink-bad)' }}>
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <StateIcon icon="alert" role="bad" size={20} />
        <Stack gap={8} style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600}>{[what, problem.message].filter(Boolean).join(' ')}</Text>
          {(safe ?? problem.whatToDo) && <Text>{[safe, problem.whatToDo].filter(Boolean).join(' ')}</Text>}
          <Group gap="md">
            {onRetry && <Button variant="default" size="sm" onClick={onRetry} loading={retrying ?? false}>Try again</Button>}
            {onDismiss && <Button variant="default" size="sm" onClick={onDismiss}>Close</Button>}
            <CopyCode
              label="problem code"
              value={problem.requestId ? `${problem.code} ${problem.requestId}` : problem.code}
            />
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
