import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { accountsResendVerificationMutation } from '@/client/@tanstack/react-query.gen';
import { ProblemPanel } from '@/pieces/problem-panel';

export function ResendVerification({ email }: { email: string }) {
  const resend = useMutation(accountsResendVerificationMutation());
  if (resend.isSuccess) return <Text role="status">If this address has an account that waits, a new link is on its way.</Text>;
  return (
    <>
      {resend.isError && <ProblemPanel error={resend.error} />}
      <Button variant="default" loading={resend.isPending} onClick={() => { resend.mutate({ body: { email } }); }}>
        Send the link again
      </Button>
    </>
  );
}
