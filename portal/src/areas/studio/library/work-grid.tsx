import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Content } from '@/client';
import { useListKeys } from '@/pieces/list-keys';
import { StateBadge } from '@/pieces/state-badge';
import { useTimeZone } from '@/preferences/preferences';
import { useSendings } from '@/uploading/sendings';
import { Thumbnail } from '../works/thumbnail';
import { TitleInPlace } from '../works/title-in-place';
import { workStated } from '../works/stated';
import { WorkMenu } from './work-menu';

export function WorkGrid({ works }: { works: Content[] }) {
  const onKeyDown = useListKeys();
  const zone = useTimeZone();
  useSendings();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} component="ul" onKeyDown={onKeyDown} aria-label="Works" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {works.map((work) => {
        const stated = workStated(work, zone);
        return (
          <li key={work.id}>
            <Paper withBorder p="xs">
              <Stack gap={6}>
                <Thumbnail work={work} />
                <Group justify="space-between" wrap="nowrap" gap={4}>
                  <TitleInPlace work={work} editable={work.state !== 'deleted'} />
                  <WorkMenu work={work} />
                </Group>
                <StateBadge stated={stated} />
                <Text size="sm" c="dimmed" lineClamp={2}>{stated.sentence}</Text>
              </Stack>
            </Paper>
          </li>
        );
      })}
    </SimpleGrid>
  );
}
