import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { accountsRegisterMutation } from '@/client/@tanstack/react-query.gen';
import { TextLink } from '@/pieces/links';
import { ProblemPanel } from '@/pieces/problem-panel';
import { isProblem } from '@/session/problem';
import { AccountCard } from './card';
import { EmailField, PasswordField, textOf } from './fields';
import { shortestPassword } from './passwords';
import { ResendVerification } from './resend-verification';



export function SignUpPage() {
  const register = useMutation(accountsRegisterMutation());
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    register.mutate({
      body: { display_name: textOf(form, 'display_name'), email: textOf(form, 'email'), password: textOf(form, 'password') },
    });
  };
  const toSignIn = <>Have an account? <TextLink underline="always" to="/sign-in">Sign in</TextLink></>;

  if (register.isSuccess) {
    const { email } = register.variables.body;
    return (
      <AccountCard title="Look into your mail" below={toSignIn}>
        <Text role="status">We sent a link to <b>{email}</b>. Open it to finish your account.</Text>
        <Text c="dimmed">Nothing came after a few minutes? Look into your spam folder first.</Text>
        <ResendVerification email={email} />
      </AccountCard>
    );
  }

  const fields = isProblem(register.error) ? register.error.fields : {};
  return (
    <AccountCard title="Create an account" below={toSignIn}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {register.isError && <ProblemPanel error={register.error} />}
          <TextInput name="display_name" label="Name" description="What viewers see" autoComplete="name" required withAsterisk={false} size="md" autoFocus maxLength={80} error={fields.display_name} />
          <EmailField error={fields.email} />
          <PasswordField autoComplete="new-password" description={`At least ${shortestPassword} characters; a few words are good`} minLength={shortestPassword} error={fields.password} />
          <Button type="submit" size="md" loading={register.isPending}>Create account</Button>
        </Stack>
      </form>
    </AccountCard>
  );
}
