import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Upload } from '@/client';
import { bytes, rate } from '@/format/sizes';
import { ProblemPanel } from '@/pieces/problem-panel';
import { sayProblem } from '@/pieces/say';
import { StateBadge } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { acceptAttribute, pickFiles, picksWithWayBack } from '@/uploading/choosing';
import { cancel, pause, resume, resumeWith, type Chosen } from '@/uploading/sender';
import type { Sending } from '@/uploading/sendings';
import type { UploadCard } from '@/uploading/upload-card';

export function UploadCardView({ upload, sending, card, onFileGone }: {
  upload: Upload;
  sending: Sending | undefined;
  card: UploadCard;
  onFileGone: () => void;
}) {
  const [wrongFile, setWrongFile] = useState<string>();
  const [looking, setLooking] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const goOn = async () => {
    if (!(await resume(upload, true))) onFileGone();
  };
  const take = async (chosen: Chosen | undefined) => {
    if (!chosen) return;
    setLooking(true);
    try {
      setWrongFile((await resumeWith(upload, chosen)) ? undefined : chosen.file.name);
    } catch (error) {
      sayProblem('The file could not be compared', error);
    } finally {
      setLooking(false);
    }
  };
  const choose = async () => {
    if (picksWithWayBack()) await take((await pickFiles(false))?.[0]);
    else input.current?.click();
  };

  return (
    <Paper withBorder p="md" aria-label={upload.file_name} role="group">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text fw={600} className="one-line" title={upload.file_name}>{upload.title}</Text>
          <StateBadge stated={card.stated} />
        </Group>
        <Progress value={card.percent} aria-label={`${upload.file_name}: ${card.percent}% sent`} color="blue.8" size="lg" />
        <Group justify="space-between" gap="xs">
          <Text size="sm" component="div" className="tabular">
            <span role="status">{card.stated.sentence}</span>
            <Text span size="sm" c="dimmed">
              {' · '}{bytes(upload.size_bytes)}
              {sending?.bytesPerSecond !== undefined && ` · ${rate(sending.bytesPerSecond)}`}
              {(sending?.resentParts ?? 0) > 0 && ' · a damaged piece was sent again'}
            </Text>
          </Text>
          <Group gap="xs">
            {card.can.pause && <Button variant="default" size="sm" onClick={() => { pause(upload.id); }} aria-label={`Pause ${upload.file_name}`}>Pause</Button>}
            {card.can.resume && <Button size="sm" onClick={() => void goOn()} aria-label={`Resume ${upload.file_name}`}>Resume</Button>}
            {card.can.chooseFile && <Button size="sm" loading={looking} onClick={() => void choose()}>Choose {upload.file_name}</Button>}
            {card.can.cancel && <CancelButton upload={upload} />}
          </Group>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          What is saved is kept until <When at={upload.expires_at} />.
        </Text>
        <input
          ref={input}
          type="file"
          accept={acceptAttribute}
          className="sr-only"
          tabIndex={-1}
          aria-label={`The file ${upload.file_name}`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            void take(file && { file });
          }}
        />
        {upload.failure && !sending && <Text size="sm" c="var(--ink-warn)">{upload.failure.sentence} {upload.failure.what_to_do}</Text>}
        {wrongFile !== undefined && (
          <Text role="alert" c="var(--ink-bad)">
            {wrongFile} is another file. The saved {card.percent}% is {upload.file_name}. Choose that, or start new.
          </Text>
        )}
        {sending?.problem && <ProblemPanel error={sending.problem} what={`${upload.file_name} could not go on.`} />}
      </Stack>
    </Paper>
  );
}

function CancelButton({ upload }: { upload: Upload }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const giveUp = async () => {
    setBusy(true);
    try {
      await cancel(upload.id);
    } catch (error) {
      sayProblem('The upload was not cancelled', error);
      setBusy(false);
      setAsking(false);
    }
  };
  if (!asking) {
    return <Button variant="default" size="sm" onClick={() => { setAsking(true); }} aria-label={`Cancel ${upload.file_name}`}>Cancel</Button>;
  }
  return (
    <Group gap="xs" role="group" aria-label={`Cancel ${upload.file_name}?`}>
      <Text size="sm">What is saved is removed.</Text>
      <Button color="red.9" size="sm" loading={busy} autoFocus onClick={() => void giveUp()}>Remove</Button>
      <Button variant="default" size="sm" onClick={() => { setAsking(false); }}>Keep</Button>
    </Group>
  );
}
