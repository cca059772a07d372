import { Center, Stack, Text, Title } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { ButtonLink } from '@/pieces/links';

/** The session ended in another tab, or was revoked. The address is kept for coming back. */
export function SignedOutElsewhere() {
  const { href } = useLocation();
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack align="center" maw={420}>
        <Title order={1}>You are signed out</Title>
        <Text ta="center">Your session ended here or was ended from another place. Sign in to go on where you were.</Text>
        <ButtonLink to="/sign-in" search={{ next: href }}>Sign in</ButtonLink>
      </Stack>
    </Center>
  );
}
