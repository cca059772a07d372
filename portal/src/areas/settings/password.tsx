import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { passwordsChangeMutation } from '@/client/@tanstack/react-query.gen';
import { PasswordField, textOf } from '@/areas/account/fields';
import { shortestPassword } from '@/areas/account/passwords';
import { Page } from '@/pieces/page';
import { ProblemPanel } from '@/pieces/problem-panel';
import { say } from '@/pieces/say';
import { isProblem } from '@/session/problem';

export function PasswordPage() {
  const change = useMutation({ ...passwordsChangeMutation(), onSuccess: () => { say('Your password is changed'); } });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    change.mutate(
      { body: { current_password: textOf(form, 'current'), new_password: textOf(form, 'password') } },
      { onSuccess: () => { element.reset(); } },
    );
  };
  const fields = isProblem(change.error) ? change.error.fields : {};
  return (
    <Page title="Password">
      <Paper withBorder p="lg">
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text>Changing it signs you out on your other devices.</Text>
            {change.isError && <ProblemPanel error={change.error} />}
            <PasswordField name="current" label="Current password" autoComplete="current-password" error={fields.current_password} />
            <PasswordField label="New password" autoComplete="new-password" minLength={shortestPassword} description={`At least ${shortestPassword} characters`} error={fields.new_password} />
            <Group><Button type="submit" loading={change.isPending}>Change password</Button></Group>
          </Stack>
        </form>
      </Paper>
    </Page>
  );
}
