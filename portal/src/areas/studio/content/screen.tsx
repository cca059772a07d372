import { Center, Loader, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Content } from '@/client';
import { StateIcon } from '@/pieces/state-badge';
import { ReadyBar } from '../upload/getting-ready';
import { isGettingReady, isPlayable, workStated } from '../works/stated';
import { useTimeZone } from '@/preferences/preferences';

const Player = lazy(() => import('./player').then(({ Player }) => ({ default: Player })));

/** Where the work plays, or what stands there until it can. */
export function Screen({ work, sentence }: { work: Content; sentence: string }) {
  const zone = useTimeZone();
  if (isPlayable(work)) {
    return (
      <Suspense fallback={<div className="screen"><Center h="100%"><Loader aria-label="Loading the player" /></Center></div>}>
        <Player work={work} />
      </Suspense>
    );
  }
  const stated = workStated(work, zone);
  return (
    <div className="screen">
      <Center h="100%" p="lg">
        <Stack align="center" gap="sm" w="100%" maw={360}>
          <StateIcon icon={stated.icon} role={stated.role} size={36} />
          <Text ta="center" role="status">{isGettingReady(work) ? `${stated.word}. ${sentence}.` : sentence}</Text>
          {isGettingReady(work) && <div style={{ width: '100%' }}><ReadyBar work={work} /></div>}
        </Stack>
      </Center>
    </div>
  );
}
