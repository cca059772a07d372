import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { UpdateContent } from '@/client';
import type { Conflict } from './edit';

const names: Record<keyof UpdateContent, string> = { title: 'Title', description: 'Description', tags: 'Tags' };
const asText = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join(', ') : (value ?? ''));

/** A page that changed elsewhere: both texts, and the choice. */
export function ConflictPanel({ conflict, saving, onSaveMine, onTakeTheirs }: {
  conflict: Conflict;
  saving: boolean;
  onSaveMine: () => void;
  onTakeTheirs: () => void;
}) {
  const fields = (Object.keys(names) as (keyof UpdateContent)[]).filter(
    (field) => conflict.mine[field] !== undefined && asText(conflict.mine[field]) !== asText(conflict.theirs[field]),
  );
  return (
    <Paper withBorder p="md" role="alert" style={{ borderInlineStart: '4px solid var(--ink-warn)' }}>
      <Stack gap="xs">
        <Text fw={600}>This page changed elsewhere. Your text is here, unsaved.</Text>
        {fields.map((field) => (
          <Text key={field} size="sm" component="div">
            {names[field]} now: “{asText(conflict.theirs[field]) || 'empty'}”<br />Yours: “{asText(conflict.mine[field]) || 'empty'}”
          </Text>
        ))}
        <Group gap="xs">
          <Button size="sm" loading={saving} onClick={onSaveMine}>Save mine</Button>
          <Button size="sm" variant="default" onClick={onTakeTheirs}>Keep what is there</Button>
        </Group>
      </Stack>
    </Paper>
  );
}
