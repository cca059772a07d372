import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import type { WhenReady } from '@/client';
import { sayProblem } from '@/pieces/say';
import { acceptAttribute, droppedFiles, pickFiles, picksWithWayBack } from '@/uploading/choosing';
import type { Chosen } from '@/uploading/sender';

/** Where files are dropped or chosen, and who will see them. */
export function DropZone({ onChosen }: { onChosen: (files: Chosen[], whenReady: WhenReady) => void }) {
  const [whenReady, setWhenReady] = useState<WhenReady>('private');
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const take = (files: Chosen[]) => { if (files.length > 0) onChosen(files, whenReady); };
  const choose = async () => {
    if (!picksWithWayBack()) { input.current?.click(); return; }
    try {
      take((await pickFiles(true)) ?? []);
    } catch (error) {
      sayProblem('The files could not be opened', error);
    }
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(await droppedFiles(event.dataTransfer));
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a second way; the button inside is the first
    <div
      className="drop-zone"
      data-over={over || undefined}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => void drop(event)}
    >
      <Stack align="center" gap="md" p={{ base: 'lg', sm: 'xl' }}>
        <IconUpload size={40} color="var(--ink-progress)" aria-hidden />
        <Text size="lg" fw={600} ta="center">Drop video or audio. Private until you decide.</Text>
        <Button size="md" onClick={() => void choose()}>Choose files</Button>
        <input
          ref={input}
          type="file"
          multiple
          accept={acceptAttribute}
          className="sr-only"
          tabIndex={-1}
          aria-label="Files to upload"
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])].map((file) => ({ file })));
            event.currentTarget.value = '';
          }}
        />
        <Radio.Group value={whenReady} onChange={(value) => { setWhenReady(value); }} label="When ready">
          <Group gap="lg" mt={4}>
            <Radio value="private" label="Private: only you see it" />
            <Radio value="public" label="Public: everyone sees it" />
          </Group>
        </Radio.Group>
      </Stack>
    </div>
  );
}
