import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { Content } from '@/client';
import { CopyCode } from '@/pieces/copy-code';
import { ButtonLink } from '@/pieces/links';
import { StateIcon } from '@/pieces/state-badge';
import { WhyButton } from '@/pieces/why-button';
import { useWorkActs } from '../works/acts';

/** Why a work needs its creator: what happened, what is safe, the next step. */
export function Problem({ work }: { work: Content }) {
  const acts = useWorkActs(work);
  if (work.state === 'deleted') {
    return (
      <Panel icon="bin" role="neutral" title="This work is deleted. Nobody sees it.">
        <Group><Button onClick={acts.restore} loading={acts.busy}>Restore</Button></Group>
      </Panel>
    );
  }
  if (work.state === 'expired') {
    return (
      <Panel icon="clock-x" role="neutral" title="The upload was not finished in time, so what was saved is gone.">
        <Group><ButtonLink to="/studio/upload">Upload again</ButtonLink></Group>
      </Panel>
    );
  }
  if (work.state !== 'failed' && work.state !== 'refused') return null;
  const { failure } = work;
  const refused = work.state === 'refused';
  return (
    <Panel icon={refused ? 'file-x' : 'alert'} role="bad" title={failure?.sentence ?? (refused ? 'This file cannot be used.' : "We couldn't prepare this.")}>
      {failure && <Text>{failure.what_to_do}</Text>}
      <Group gap="md">
        {refused
          ? <ButtonLink to="/studio/upload">Upload another file</ButtonLink>
          : <WhyButton onClick={acts.retry} loading={acts.busy} why={failure?.retryable === false ? 'Trying again would end the same way. Upload another file.' : undefined}>Try again</WhyButton>}
        {failure && <CopyCode label="problem code" value={`${failure.code} ${work.id}`} />}
      </Group>
    </Panel>
  );
}

function Panel({ icon, role, title, children }: {
  icon: 'alert' | 'file-x' | 'bin' | 'clock-x';
  role: 'bad' | 'neutral';
  title: string;
  children: React.ReactNode;
}) {
  return (
    <Paper withBorder p="md" role={role === 'bad' ? 'alert' : 'status'} style={{ borderInlineStart: `4px solid var(--ink-${role})` }}>
      <Group align="flex-start" wrap="nowrap" gap="sm">
        <StateIcon icon={icon} role={role} size={20} />
        <Stack gap="xs" style={{ flex: 1 }}>
          <Text fw={600}>{title}</Text>
          {children}
        </Stack>
      </Group>
    </Paper>
  );
}
