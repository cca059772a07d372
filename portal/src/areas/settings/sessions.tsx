import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '@/client';
import {
  sessionsListOptions, sessionsListQueryKey, sessionsRevokeAllMutation, sessionsRevokeMutation,
} from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { Confirm } from '@/pieces/confirm';
import { Page } from '@/pieces/page';
import { say, sayProblem } from '@/pieces/say';
import { When } from '@/pieces/when';
import { forgetSession } from '@/session';
import { deviceOf } from './device';

export function SessionsPage() {
  const sessions = useQuery(sessionsListOptions());
  const [asking, setAsking] = useState(false);
  const everywhere = useMutation({ ...sessionsRevokeAllMutation(), onSuccess: forgetSession });
  return (
    <Page title="Sessions" acts={<Button variant="default" onClick={() => { setAsking(true); }}>Sign out everywhere</Button>}>
      <Answer query={sessions} what="Your sessions couldn't load.">
        {({ items }) => <Stack gap="xs">{items.map((session) => <Row key={session.id} session={session} />)}</Stack>}
      </Answer>
      <Confirm
        opened={asking}
        title="Sign out everywhere?"
        act="Sign out everywhere"
        busy={everywhere.isPending}
        error={everywhere.error}
        onAct={() => { everywhere.mutate({}); }}
        onClose={() => { setAsking(false); }}
      >
        This ends {sessions.data ? `all ${sessions.data.items.length} sessions` : 'all sessions'}, this one too. API tokens keep working. Uploads on other devices stop; what they saved stays.
      </Confirm>
    </Page>
  );
}

function Row({ session }: { session: Session }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    ...sessionsRevokeMutation(),
    onSuccess: () => {
      say('The session is ended');
      return queries.invalidateQueries({ queryKey: sessionsListQueryKey() });
    },
    onError: (error) => { sayProblem('The session could not be ended', error); },
  });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>{deviceOf(session.user_agent)}{session.current && ' (this one)'}</Text>
          <Text size="sm" c="dimmed" component="div">
            Signed in <When at={session.created_at} />, used <When at={session.last_used_at} />{session.ip_address && `, from ${session.ip_address}`}
          </Text>
        </div>
        {!session.current && (
          <Button variant="default" loading={revoke.isPending} onClick={() => { revoke.mutate({ path: { id: session.id } }); }} aria-label={`End the session on ${deviceOf(session.user_agent)}`}>
            End
          </Button>
        )}
      </Group>
    </Paper>
  );
}
