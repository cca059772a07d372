import { Box, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** The card that the pages before sign-in stand on. */
export function AccountCard({ title, children, below }: { title: string; children: ReactNode; below?: ReactNode }) {
  useEffect(() => { document.title = `${title} · Creator Studio`; }, [title]);
  return (
    <Center component="main" mih="100vh" p="md" className="account">
      <Box w="100%" maw={420}>
        <Stack gap="lg">
          <Stack align="center" gap="xs">
            <img src="/icon.svg" alt="" width={40} height={40} />
            <Text fw={650}>Creator Studio</Text>
          </Stack>
          <Paper withBorder p={{ base: 'md', xs: 'xl' }}>
            <Stack gap="md">
              <Title order={1} fz={24} lh="32px">{title}</Title>
              {children}
            </Stack>
          </Paper>
          {below && <Text ta="center" component="div">{below}</Text>}
        </Stack>
      </Box>
    </Center>
  );
}
