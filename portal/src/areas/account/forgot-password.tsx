import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { passwordsRequestResetMutation } from '@/client/@tanstack/react-query.gen';
import { TextLink } from '@/pieces/links';
import { ProblemPanel } from '@/pieces/problem-panel';
import { AccountCard } from './card';
import { EmailField, textOf } from './fields';

export function ForgotPasswordPage() {
  const request = useMutation(passwordsRequestResetMutation());
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    request.mutate({ body: { email: textOf(new FormData(event.currentTarget), 'email') } });
  };
  return (
    <AccountCard title="Reset your password" below={<TextLink underline="always" to="/sign-in">Back to sign-in</TextLink>}>
      {request.isSuccess ? (
        <Text role="status">If <b>{request.variables.body.email}</b> has an account, a link is on its way. It works once.</Text>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text>We mail you a link to choose a new one.</Text>
            {request.isError && <ProblemPanel error={request.error} />}
            <EmailField autoFocus />
            <Button type="submit" size="md" loading={request.isPending}>Send the link</Button>
          </Stack>
        </form>
      )}
    </AccountCard>
  );
}
