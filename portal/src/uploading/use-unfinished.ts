import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Upload } from '@/client';
import { uploadsListOptions } from '@/client/@tanstack/react-query.gen';

/** The uploads that are not all there yet, begun on any device. */
export function useUnfinished() {
  return useQuery(uploadsListOptions({ query: { state: 'uploading', limit: 100 } }));
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
