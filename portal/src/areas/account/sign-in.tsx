import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { SubmitEvent } from 'react';
import { homeOf } from '@/frame/places';
import { TextLink } from '@/pieces/links';
import { ProblemPanel } from '@/pieces/problem-panel';
import { signIn } from '@/session';
import { isProblem } from '@/session/problem';
import { AccountCard } from './card';
import { EmailField, PasswordField, textOf } from './fields';
import { ResendVerification } from './resend-verification';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const enter = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: (session) => {
      if (next) router.history.replace(next);
      else void router.navigate({ to: homeOf(session.account.roles), replace: true });
    },
  });

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({ email: textOf(form, 'email'), password: textOf(form, 'password') });
  };

  const unverified = isProblem(enter.error) && enter.error.code.includes('verif');
  return (
    <AccountCard title="Sign in" below={<>New here? <TextLink underline="always" to="/sign-up">Create an account</TextLink></>}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {enter.isError && <ProblemPanel error={enter.error} />}
          {unverified && <ResendVerification email={enter.variables?.email ?? ''} />}
          <EmailField autoFocus />
          <PasswordField autoComplete="current-password" />
          <Button type="submit" size="md" loading={enter.isPending}>Sign in</Button>
          <Group justify="center"><TextLink underline="always" to="/forgot-password">Forgot your password?</TextLink></Group>
        </Stack>
      </form>
    </AccountCard>
  );
}
