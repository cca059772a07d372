import { Group, Paper, Progress, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { percent } from '@/format/sizes';
import { timeLeft } from '@/format/durations';
import { TextLink } from '@/pieces/links';
import { StateIcon } from '@/pieces/state-badge';
import { isBusy, useSendings, type Sending } from '@/uploading/sendings';
import { useUnfinished } from '@/uploading/use-unfinished';
import type { Upload } from '@/client';

/** What is being sent, on every page of the Studio but the one that shows it in full. */
export function UploadTray() {
  const { pathname } = useLocation();
  const { data } = useUnfinished();
  const sendings = useSendings();
  const uploads = data?.items ?? [];
  if (uploads.length === 0 || pathname === '/studio/upload') return null;
  const { text, sent } = trayWords(uploads, sendings);
  return (
    <Paper withBorder shadow="md" p="sm" role="region" aria-label="Uploads" className="upload-tray">
      <Group gap="sm" wrap="nowrap" mb={6}>
        <StateIcon icon="upload" role="progress" />
        <Text size="sm" style={{ flex: 1 }}>{text}</Text>
        <TextLink to="/studio/upload" size="sm">Show</TextLink>
      </Group>
      <Progress value={sent} size="sm" color="blue.8" aria-label={`Uploads, ${sent}% sent`} />
    </Paper>
  );
}

/** `2 uploading, 3 min left` or `1 upload waits for you`. */
export function trayWords(uploads: readonly Upload[], sendings: ReadonlyMap<string, Sending>): { text: string; sent: number } {
  const going = uploads.filter(({ id }) => isBusy(sendings.get(id)));
  const of = going.length > 0 ? going : uploads;
  const total = of.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  const sentBytes = of.reduce((sum, { id, received_bytes }) => sum + (sendings.get(id)?.sentBytes ?? received_bytes), 0);
  const sent = Math.min(99, percent(sentBytes, total));
  if (going.length === 0) {
    return { text: uploads.length === 1 ? '1 upload waits for you' : `${uploads.length} uploads wait for you`, sent };
  }
  const longest = Math.max(...going.map(({ id }) => sendings.get(id)?.secondsLeft ?? 0));
  return { text: `${going.length} uploading, ${longest > 0 ? `${timeLeft(longest)} left` : `${sent}% sent`}`, sent };
}
