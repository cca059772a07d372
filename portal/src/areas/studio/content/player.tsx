import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Hls from 'hls.js';
import { useEffect, useRef } from 'react';
import type { Content, Playback } from '@/client';
import { contentsPlaybackOptions } from '@/client/@tanstack/react-query.gen';
import { ProblemPanel } from '@/pieces/problem-panel';

/** Plays a work. Its addresses live shortly; when they end in the middle, new ones are asked for and it goes on where it was. */
export function Player({ work }: { work: Content }) {
  const playback = useQuery({
    // Everybody may ask for a public work, so the document asks for no token; a private one plays for its owner alone.
    ...contentsPlaybackOptions({ path: { id: work.id }, security: [{ scheme: 'bearer', type: 'http' }] }),
    staleTime: Infinity, // A new answer would restart what somebody is watching.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (playback.isError && !playback.data) {
    return <ProblemPanel error={playback.error} what="The preview couldn't load." safe="Your work is safe." onRetry={() => void playback.refetch()} retrying={playback.isFetching} />;
  }
  if (!playback.data) return <div className="screen" aria-busy="true" />;
  return <Screen work={work} playback={playback.data} renew={() => void playback.refetch()} />;
}

const renewAtMostEvery = 15_000;

function Screen({ work, playback, renew }: { work: Content; playback: Playback; renew: () => void }) {
  const element = useRef<HTMLVideoElement>(null);
  const position = useRef({ seconds: 0, playing: false });
  const renewed = useRef(0);
  const address = new URL(playback.hls_url, window.location.origin).href;

  useEffect(() => {
    const video = element.current;
    if (!video) return undefined;
    const renewSoon = () => {
      if (Date.now() - renewed.current < renewAtMostEvery) return;
      renewed.current = Date.now();
      position.current = { seconds: video.currentTime, playing: !video.paused };
      renew();
    };
    const goOn = () => {
      if (position.current.seconds > 0) video.currentTime = position.current.seconds;
      // The browser may refuse to play by itself; the controls are there.
      if (position.current.playing) video.play().catch(() => undefined);
    };
    video.addEventListener('loadedmetadata', goOn, { once: true });
    if (!Hls.isSupported()) {
      // Safari on a phone plays HLS by itself.
      video.src = address;
      video.addEventListener('error', renewSoon);
      return () => { video.removeEventListener('error', renewSoon); video.removeAttribute('src'); };
    }
    // Our renditions are fragmented MP4 already, so there is nothing that a worker could take off the page.
    const hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, startLevel: -1 });
    let mended = false;
    hls.on(Hls.Events.ERROR, (_, failure) => {
      if (!failure.fatal) return;
      if (failure.type === Hls.ErrorTypes.MEDIA_ERROR && !mended) {
        mended = true;
        hls.recoverMediaError();
      } else {
        renewSoon();
      }
    });
    hls.loadSource(address);
    hls.attachMedia(video);
    return () => { hls.destroy(); };
  }, [address, renew]);

  return (
    <div>
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- captions are the creator's to add; there are none to point at yet */}
      <video
        ref={element}
        className="screen"
        controls
        playsInline
        preload="metadata"
        poster={playback.poster_url ?? work.thumbnail_url ?? undefined}
        aria-label={`Preview of ${work.title}`}
      />
      {work.kind === 'audio' && <Text size="sm" c="dimmed" mt={4}>Audio</Text>}
    </div>
  );
}
