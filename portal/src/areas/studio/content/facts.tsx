import { Paper, Stack, Text } from '@mantine/core';
import type { Content } from '@/client';
import { mediaLength } from '@/format/durations';
import { bytes } from '@/format/sizes';
import { CopyCode } from '@/pieces/copy-code';
import { When } from '@/pieces/when';

export function Facts({ work }: { work: Content }) {
  const rows: [string, React.ReactNode][] = [
    ['File', work.file_name],
    ['Size', bytes(work.size_bytes)],
    ...(work.duration_seconds == null ? [] : [['Length', mediaLength(work.duration_seconds)] as [string, string]]),
    ...(work.width == null || work.height == null ? [] : [['Picture', `${work.width} × ${work.height}`] as [string, string]]),
    ['Uploaded', <When key="at" at={work.upload_date} />],
    ['Id', <CopyCode key="id" value={work.id} label="the id" short />],
  ];
  return (
    <Paper withBorder p="lg">
      <Text fw={600} component="h2" fz={16} mb="sm">File</Text>
      <Stack component="dl" gap={6} m={0}>
        {rows.map(([name, value]) => (
          <div key={name} className="fact">
            <Text component="dt" size="sm" c="dimmed">{name}</Text>
            <Text component="dd" size="sm" m={0} className="tabular">{value}</Text>
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
