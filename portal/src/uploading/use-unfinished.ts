import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Upload } from '@/client';
import { uploadsListOptions } from '@/client/@tanstack/react-query.gen';

/** The uploads that are not all there yet, begun on any device. One that the server sent back for missing pieces goes on
 *  by itself while this page has its file. */
export function useUnfinished() {
  const uploads = useQuery(uploadsListOptions({ query: { state: 'uploading', limit: 100 } }));
  const sentBack = uploads.data?.items.filter(({ failure }) => failure);
  useEffect(() => {
    if (sentBack?.length) void import('./sender').then(({ resumeSentBack }) => { resumeSentBack(sentBack); });
  }, [sentBack]);
  return uploads;
}

/** Which of them this device can go on with without choosing the file again. */
export function useFilesAtHand(uploads: readonly Upload[] | undefined): ReadonlySet<string> {
  const [atHand, setAtHand] = useState<ReadonlySet<string>>(new Set());
  const ids = uploads?.map(({ id }) => id).join(' ') ?? '';
  useEffect(() => {
    let current = true;
    void import('./at-hand').then(async ({ filesAtHand }) => {
      const found = await filesAtHand(ids === '' ? [] : ids.split(' '));
      if (current) setAtHand(found);
    });
    return () => { current = false; };
  }, [ids]);
  return atHand;
}
