import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import type { Content } from '@/client';
import { TextLink } from '@/pieces/links';
import { ConflictPanel } from './conflict-panel';
import { useEdit } from './edit';

export const longestTitle = 200;

/** A title that opens its work, with a pencil that edits it where it stands. */
export function TitleInPlace({ work, editable = true }: { work: Content; editable?: boolean }) {
  const [text, setText] = useState<string>();
  if (text !== undefined) return <TitleForm work={work} text={text} onText={setText} />;
  return (
    <Group gap={4} wrap="nowrap" style={{ minWidth: 0 }}>
      <TextLink to="/studio/library/$contentId" params={{ contentId: work.id }} fw={600} c="inherit" className="name" lineClamp={2} data-row-link title={work.title}>
        {work.title}
      </TextLink>
      {editable && (
        <ActionIcon variant="subtle" color="var(--ink-neutral)" size={32} onClick={() => { setText(work.title); }} aria-label={`Edit the title ${work.title}`}>
          <IconPencil size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

function TitleForm({ work, text, onText }: { work: Content; text: string; onText: (text: string | undefined) => void }) {
  // The work may change under the typing hand; the edit stays one of the version that was read.
  const [begun] = useState(work);
  const { save, saving, conflict, problem, takeTheirs } = useEdit(begun);
  const submit = async (event?: SubmitEvent) => {
    event?.preventDefault();
    if (await save({ title: text.trim() })) onText(undefined);
  };
  return (
    <Stack gap="xs" style={{ flex: 1 }}>
      <form onSubmit={(event) => void submit(event)}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            value={text}
            onChange={(event) => { onText(event.currentTarget.value); }}
            onKeyDown={(event) => { if (event.key === 'Escape') onText(undefined); }}
            onFocus={(event) => { event.currentTarget.select(); }}
            aria-label="Title"
            required
            maxLength={longestTitle}
            autoFocus
            error={problem?.message}
            style={{ flex: 1 }}
          />
          <Button type="submit" loading={saving}>Save</Button>
          <Button variant="default" onClick={() => { onText(undefined); }}>Cancel</Button>
        </Group>
      </form>
      {conflict && (
        <ConflictPanel conflict={conflict} saving={saving} onSaveMine={() => void submit()} onTakeTheirs={() => { takeTheirs(); onText(undefined); }} />
      )}
      {problem?.whatToDo && <Text size="sm" c="dimmed">{problem.whatToDo}</Text>}
    </Stack>
  );
}
