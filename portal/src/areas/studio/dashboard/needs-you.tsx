import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Content, Upload } from '@/client';
import { contentsListOptions } from '@/client/@tanstack/react-query.gen';
import { counted } from '@/format/sizes';
import { keptFresh } from '@/pieces/freshness';
import { TextLink } from '@/pieces/links';
import { ProblemPanel } from '@/pieces/problem-panel';
import { StateBadge, StateIcon } from '@/pieces/state-badge';
import { useTimeZone } from '@/preferences/preferences';
import { isBusy, useSendings, type Sending } from '@/uploading/sendings';
import { useUnfinished } from '@/uploading/use-unfinished';
import { workStated } from '../works/stated';

const mostAsked = 50;
const mostShown = 3;

/** Works that cannot go on without their creator. The newest first, as the library has them. */
export const worksInNeed = (works: readonly Content[]): Content[] => works.filter(({ state }) => state === 'failed' || state === 'refused');

/** Uploads that nobody is sending: their creator has to go on with them. */
export const uploadsWaiting = (uploads: readonly Upload[], sendings: ReadonlyMap<string, Sending>): Upload[] =>
  uploads.filter(({ id }) => !isBusy(sendings.get(id)));

/** What waits for the creator. One line while nothing does, so that what stands below it does not move when that is known. */
export function NeedsYou() {
  const works = useQuery({ ...contentsListOptions({ query: { status: 'processing', sort: 'newest', limit: mostAsked } }), ...keptFresh, select: ({ items }) => worksInNeed(items) });
  const unfinished = useUnfinished();
  const sendings = useSendings();
  const zone = useTimeZone();
  const failed = works.isError && works.data === undefined ? works : unfinished.isError && unfinished.data === undefined ? unfinished : undefined;
  if (failed) {
    return <ProblemPanel error={failed.error} what="What needs you couldn't load." safe="Nothing is lost." onRetry={() => void failed.refetch()} retrying={failed.isFetching} />;
  }
  const known = works.data !== undefined && unfinished.data !== undefined;
  const waiting = uploadsWaiting(unfinished.data?.items ?? [], sendings);
  const inNeed = works.data ?? [];
  if (!known || waiting.length + inNeed.length === 0) {
    return <Group gap={6} mih={24} role="status" aria-busy={!known}>{known && <><StateIcon icon="check" role="good" /><Text size="sm">Nothing needs you.</Text></>}</Group>;
  }
  return (
    <Paper withBorder px="md" py="sm" component="section" aria-label="Needs you" style={{ borderInlineStart: '4px solid var(--ink-warn)' }}>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
        {inNeed.slice(0, mostShown).map((work) => {
          const stated = workStated(work, zone);
          return (
            <li key={work.id}>
              <Group gap="4px 12px">
                <StateBadge stated={stated} />
                <TextLink to="/studio/library/$contentId" params={{ contentId: work.id }} fw={600} c="inherit">{work.title}</TextLink>
                <Text size="sm" c="dimmed">{stated.sentence}</Text>
              </Group>
            </li>
          );
        })}
        {inNeed.length > mostShown && (
          <li><TextLink to="/studio/library" search={{ status: 'processing' }} size="sm">{counted(inNeed.length - mostShown, 'more work', 'more works')}</TextLink></li>
        )}
        {waiting.length > 0 && (
          <li>
            <Group gap="4px 12px">
              <StateBadge stated={{ word: 'Paused', role: 'neutral', icon: 'pause' }} />
              <TextLink to="/studio/upload" fw={600} c="inherit">{waiting.length === 1 ? '1 upload waits for you' : `${waiting.length} uploads wait for you`}</TextLink>
              <Text size="sm" c="dimmed">What was sent is saved.</Text>
            </Group>
          </li>
        )}
      </Stack>
    </Paper>
  );
}
