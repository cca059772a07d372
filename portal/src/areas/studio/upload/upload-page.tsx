import { Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { Upload } from '@/client';
import { Answer } from '@/pieces/answer';
import { Page } from '@/pieces/page';
import { ProblemPanel } from '@/pieces/problem-panel';
import { useTimeZone } from '@/preferences/preferences';
import { begin } from '@/uploading/sender';
import { dismissTurnedAway, useSendings, useTurnedAway } from '@/uploading/sendings';
import { useFilesAtHand, useUnfinished } from '@/uploading/use-unfinished';
import { uploadCard } from '@/uploading/upload-card';
import { DropZone } from './drop-zone';
import { GettingReady } from './getting-ready';
import { UploadCardView } from './upload-card-view';

/** Is my file safe, and who sees it when? */
export function UploadPage() {
  const unfinished = useUnfinished();
  return (
    <Page title="Upload">
      <Stack gap="lg">
        <DropZone onChosen={(files, whenReady) => void begin(files, whenReady)} />
        <TurnedAway />
        <Answer query={unfinished} what="Your unfinished uploads couldn't load." safe="They are safe." skeleton={null}>
          {({ items }) => <Unfinished uploads={items} />}
        </Answer>
        <GettingReady />
      </Stack>
    </Page>
  );
}

function Unfinished({ uploads }: { uploads: Upload[] }) {
  const sendings = useSendings();
  const atHand = useFilesAtHand(uploads);
  const zone = useTimeZone();
  const [resumed, setResumed] = useState<ReadonlySet<string>>(new Set());
  if (uploads.length === 0) return null;
  return (
    <section aria-labelledby="unfinished">
      <Title order={2} id="unfinished" mb="sm">Uploading</Title>
      <Stack gap="sm" component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {uploads.map((upload) => {
          const sending = sendings.get(upload.id);
          const here = sending !== undefined || (atHand.has(upload.id) && !resumed.has(upload.id));
          return (
            <li key={upload.id}>
              <UploadCardView
                upload={upload}
                sending={sending}
                card={uploadCard(upload, sending, here, zone)}
                onFileGone={() => { setResumed((gone) => new Set([...gone, upload.id])); }}
              />
            </li>
          );
        })}
      </Stack>
    </section>
  );
}

function TurnedAway() {
  const files = useTurnedAway();
  return files.map(({ key, fileName, problem }) => (
    <div key={key}>
      <ProblemPanel error={problem} what={`${fileName} was not uploaded.`} onDismiss={() => { dismissTurnedAway(key); }} />
    </div>
  ));
}
