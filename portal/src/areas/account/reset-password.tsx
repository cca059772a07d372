import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';
import { passwordsResetMutation } from '@/client/@tanstack/react-query.gen';
import { ButtonLink, TextLink } from '@/pieces/links';
import { ProblemPanel } from '@/pieces/problem-panel';
import { isProblem } from '@/session/problem';
import { AccountCard } from './card';
import { PasswordField, textOf } from './fields';
import { shortestPassword } from './passwords';

const route = getRouteApi('/reset-password');

export function ResetPasswordPage() {
  const { token } = route.useSearch();
  const reset = useMutation(passwordsResetMutation());
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate({ body: { token: token ?? '', new_password: textOf(new FormData(event.currentTarget), 'password') } });
  };
  if (reset.isSuccess) {
    return (
      <AccountCard title="Your password is changed">
        <Text role="status">You were signed out everywhere. Sign in with the new password.</Text>
        <ButtonLink to="/sign-in" size="md">Sign in</ButtonLink>
      </AccountCard>
    );
  }
  const fields = isProblem(reset.error) ? reset.error.fields : {};
  return (
    <AccountCard title="Choose a new password" below={<TextLink underline="always" to="/forgot-password">Send me a new link</TextLink>}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {reset.isError && <ProblemPanel error={reset.error} />}
          <PasswordField label="New password" autoComplete="new-password" autoFocus minLength={shortestPassword} description={`At least ${shortestPassword} characters`} error={fields.new_password} />
          <Button type="submit" size="md" loading={reset.isPending}>Change password</Button>
        </Stack>
      </form>
    </AccountCard>
  );
}
