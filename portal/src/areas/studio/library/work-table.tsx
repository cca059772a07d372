import { Group, Stack, Table, Text } from '@mantine/core';
import type { Content } from '@/client';
import { bytes } from '@/format/sizes';
import { useListKeys } from '@/pieces/list-keys';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { useTimeZone } from '@/preferences/preferences';
import { Thumbnail } from '../works/thumbnail';
import { TitleInPlace } from '../works/title-in-place';
import { workStated } from '../works/stated';
import { useSendings } from '@/uploading/sendings';
import { Tags } from './tags';
import { WorkMenu } from './work-menu';

export function WorkTable({ works }: { works: Content[] }) {
  const onKeyDown = useListKeys();
  const zone = useTimeZone();
  useSendings(); // A row shows what this page knows of its upload.
  return (
    <Table onKeyDown={onKeyDown} verticalSpacing={6} aria-label="Works" layout="fixed">
      <Table.Thead visibleFrom="sm">
        <Table.Tr>
          <Table.Th>Title</Table.Th>
          <Table.Th w={250}>State</Table.Th>
          <Table.Th w={90} visibleFrom="md">Size</Table.Th>
          <Table.Th w={110} visibleFrom="md">Uploaded</Table.Th>
          <Table.Th w={56}><span className="sr-only">Acts</span></Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {works.map((work) => {
          const stated = workStated(work, zone);
          return (
            <Table.Tr key={work.id} className="studio-row">
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  <Thumbnail work={work} width={80} />
                  <Stack gap={0} style={{ minWidth: 0, flex: 1 }}>
                    <TitleInPlace work={work} editable={work.state !== 'deleted'} />
                    <Group gap={6} hiddenFrom="sm"><StateBadge stated={stated} /></Group>
                    <Tags tags={work.tags} />
                  </Stack>
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <StateBadge stated={stated} />
                <Text size="sm" c="dimmed" lineClamp={2}>{stated.sentence}</Text>
              </Table.Td>
              <Table.Td visibleFrom="md" className="tabular"><Text size="sm">{bytes(work.size_bytes)}</Text></Table.Td>
              <Table.Td visibleFrom="md"><Text size="sm" component="span"><When at={work.upload_date} /></Text></Table.Td>
              <Table.Td w={56}><WorkMenu work={work} /></Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
