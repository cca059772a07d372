import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiToken, CreatedApiToken } from '@/client';
import { tokensListOptions, tokensListQueryKey, tokensRevokeMutation } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { Confirm } from '@/pieces/confirm';
import { CopyCode } from '@/pieces/copy-code';
import { Empty } from '@/pieces/empty';
import { Page } from '@/pieces/page';
import { When } from '@/pieces/when';
import { CreateToken } from './create-token';

export function TokensPage() {
  const tokens = useQuery(tokensListOptions());
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedApiToken>();
  return (
    <Page title="API tokens" acts={<Button onClick={() => { setCreating(true); }}>Create token</Button>}>
      <Stack gap="md">
        {created?.token && <ShownOnce name={created.name} secret={created.token} onDone={() => { setCreated(undefined); }} />}
        <Answer query={tokens} what="Your tokens couldn't load.">
          {({ items }) => items.length === 0
            ? <Empty>No tokens yet. A token lets a program of yours use the API in your name.</Empty>
            : <Stack gap="xs">{items.map((token) => <Row key={token.id} token={token} />)}</Stack>}
        </Answer>
      </Stack>
      <CreateToken opened={creating} onClose={() => { setCreating(false); }} onCreated={setCreated} />
    </Page>
  );
}

function ShownOnce({ name, secret, onDone }: { name: string; secret: string; onDone: () => void }) {
  return (
    <Paper withBorder p="md" role="status" style={{ borderInlineStart: '4px solid var(--ink-good)' }}>
      <Stack gap="xs">
        <Text fw={600}>Copy “{name}” now. It is shown this once.</Text>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{secret}</Code>
        <Group justify="space-between">
          <CopyCode value={secret} label="the token" short />
          <Button variant="default" onClick={onDone}>I have it</Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Row({ token }: { token: ApiToken }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    ...tokensRevokeMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensListQueryKey() }),
  });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>{token.name}</Text>
          <Text size="sm" c="dimmed">{token.scopes.join(', ')}</Text>
          <Text size="sm" c="dimmed" component="div">
            Created <When at={token.created_at} />
            {token.last_used_at ? <>, used <When at={token.last_used_at} /></> : ', never used'}
            {token.expires_at ? <>, ends <When at={token.expires_at} /></> : ', no end'}
          </Text>
        </div>
        <Button variant="default" onClick={() => { setAsking(true); }} aria-label={`Revoke ${token.name}`}>Revoke</Button>
      </Group>
      <Confirm
        opened={asking}
        bad
        title={`Revoke “${token.name}”?`}
        act="Revoke"
        busy={revoke.isPending}
        error={revoke.error}
        onAct={() => { revoke.mutate({ path: { id: token.id } }); }}
        onClose={() => { setAsking(false); }}
      >
        Programs that use it are refused from now on. This cannot be undone; your other tokens and sessions are untouched.
      </Confirm>
    </Paper>
  );
}
