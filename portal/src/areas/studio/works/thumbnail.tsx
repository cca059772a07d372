import { Center } from '@mantine/core';
import { IconMusic, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import type { Content } from '@/client';
import { mediaLength } from '@/format/durations';

/** The picture of a work in 16:9, with its length; a sign of its kind while there is none. */
export function Thumbnail({ work, width }: { work: Content; width?: number }) {
  const [broken, setBroken] = useState<string>();
  const picture = work.thumbnail_url;
  const Kind = work.kind === 'audio' ? IconMusic : IconVideo;
  return (
    <div className="thumbnail" style={{ width: width ?? '100%' }}>
      {picture && picture !== broken
        ? <img src={picture} alt="" loading="lazy" decoding="async" onError={() => { setBroken(picture); }} />
        : <Center h="100%"><Kind size={width && width < 120 ? 22 : 40} color="var(--ink-neutral)" aria-hidden /></Center>}
      {work.duration_seconds != null && <span className="thumbnail-length tabular">{mediaLength(work.duration_seconds)}</span>}
    </div>
  );
}
