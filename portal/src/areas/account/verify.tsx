import { Loader, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { accountsVerifyAddressMutation } from '@/client/@tanstack/react-query.gen';
import { ButtonLink, TextLink } from '@/pieces/links';
import { ProblemPanel } from '@/pieces/problem-panel';
import { AccountCard } from './card';

const route = getRouteApi('/verify');

export function VerifyPage() {
  const { token } = route.useSearch();
  const { mutate, isSuccess, isError, error } = useMutation(accountsVerifyAddressMutation());
  const asked = useRef(false);
  useEffect(() => {
    // The token is good once; React's double effect in development must not spend it twice.
    if (!token || asked.current) return;
    asked.current = true;
    mutate({ body: { token } });
  }, [token, mutate]);

  if (!token) {
    return (
      <AccountCard title="This link is incomplete">
        <Text>Copy the whole address from the mail into the address bar.</Text>
        <TextLink underline="always" to="/sign-in">To sign-in</TextLink>
      </AccountCard>
    );
  }
  if (isSuccess) {
    return (
      <AccountCard title="Your address is confirmed">
        <Text role="status">Your account is ready.</Text>
        <ButtonLink to="/sign-in" size="md">Sign in</ButtonLink>
      </AccountCard>
    );
  }
  if (isError) {
    return (
      <AccountCard title="This link doesn't work">
        <ProblemPanel error={error} />
        <Text>A link works once and for a limited time. Sign in with your password to get a new one.</Text>
        <ButtonLink to="/sign-in" size="md" variant="default">To sign-in</ButtonLink>
      </AccountCard>
    );
  }
  return (
    <AccountCard title="Confirming your address">
      <Loader aria-label="Confirming" />
    </AccountCard>
  );
}
