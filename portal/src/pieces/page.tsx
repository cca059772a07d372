import { Box, Group, Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

const product = 'Creator Studio';

/** The body of a page: its name in the tab and as the one h1, its main acts, then what answers its question. */
export function Page({ title, beside, acts, children }: {
  title: string;
  beside?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => { document.title = `${title} · ${product}`; }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center" gap="sm" mih={44}>
        <Group gap="md" style={{ minWidth: 0, flex: '1 1 auto' }} wrap="nowrap">
          <Title order={1} className="name" id="page-title">{title}</Title>
          {beside}
        </Group>
        {acts && <Group gap="xs">{acts}</Group>}
      </Group>
      <Box>{children}</Box>
    </Stack>
  );
}
