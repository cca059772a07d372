import { Group, Paper, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import type { Content, UpdateContent } from '@/client';
import { ProblemPanel } from '@/pieces/problem-panel';
import { say } from '@/pieces/say';
import { WhyButton } from '@/pieces/why-button';
import { ConflictPanel } from '../works/conflict-panel';
import { useEdit } from '../works/edit';
import { longestTitle } from '../works/title-in-place';

const longestDescription = 5000;
const mostTags = 30;

interface Draft {
  title: string;
  description: string;
  tags: string[];
}

const draftOf = ({ title, description, tags }: Draft): Draft => ({ title, description, tags });

/** What differs from the work; only that is sent. */
export function changesOf(work: Draft, draft: Draft): UpdateContent {
  return {
    ...(draft.title.trim() === work.title ? {} : { title: draft.title.trim() }),
    ...(draft.description === work.description ? {} : { description: draft.description }),
    ...(draft.tags.length === work.tags.length && draft.tags.every((tag, index) => tag === work.tags[index]) ? {} : { tags: draft.tags }),
  };
}

export function Details({ work }: { work: Content }) {
  const [begun, setBegun] = useState(work);
  const [draft, setDraft] = useState<Draft>(draftOf(work));
  const { save, saving, conflict, problem, takeTheirs } = useEdit(begun);
  const changes = changesOf(begun, draft);
  const changed = Object.keys(changes).length > 0;
  const start = (from: Content) => {
    setBegun(from);
    setDraft(draftOf(from));
  };
  // What arrives from elsewhere is taken up while nothing is typed; it never takes typed text away.
  if (work.version !== begun.version && !changed) start(work);
  const locked = work.state === 'deleted';
  useBlocker({ shouldBlockFn: () => changed && !window.confirm('Leave without saving your changes?'), enableBeforeUnload: changed });

  const submit = async (event?: SubmitEvent) => {
    event?.preventDefault();
    const saved = await save(changes);
    if (!saved) return;
    start(saved);
    say('Saved');
  };
  const why = locked ? 'Restore the work to edit it.' : changed ? undefined : 'Nothing is changed yet.';
  return (
    <Paper withBorder p="lg">
      <form onSubmit={(event) => void submit(event)} aria-label="Details">
        <Stack gap="md">
          {conflict && (
            <ConflictPanel
              conflict={conflict}
              saving={saving}
              onSaveMine={() => void submit()}
              onTakeTheirs={() => {
                start(conflict.theirs);
                takeTheirs();
              }}
            />
          )}
          {problem && <ProblemPanel error={problem} what="Not saved. Your text is here." />}
          <TextInput label="Title" value={draft.title} readOnly={locked} required withAsterisk={false} maxLength={longestTitle} error={problem?.fields.title} onChange={(event) => { setDraft({ ...draft, title: event.currentTarget.value }); }} />
          <Textarea label="Description" value={draft.description} readOnly={locked} autosize minRows={3} maxRows={12} maxLength={longestDescription} error={problem?.fields.description} onChange={(event) => { setDraft({ ...draft, description: event.currentTarget.value }); }} />
          <TagsInput label="Tags" description="Enter after each" value={draft.tags} readOnly={locked} maxTags={mostTags} error={problem?.fields.tags} onChange={(tags) => { setDraft({ ...draft, tags }); }} />
          <Group gap="sm">
            <WhyButton type="submit" loading={saving} why={why}>Save</WhyButton>
            {changed && <Text size="sm" c="dimmed">Not saved yet</Text>}
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
