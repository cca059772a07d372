import { Box, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Content } from '@/client';
import { contentsListOptions } from '@/client/@tanstack/react-query.gen';
import { Answer } from '@/pieces/answer';
import { ButtonLink, TextLink } from '@/pieces/links';
import { StateBadge } from '@/pieces/state-badge';
import { WhyButton } from '@/pieces/why-button';
import { useTimeZone } from '@/preferences/preferences';
import { useWorkActs } from '../works/acts';
import { TitleInPlace } from '../works/title-in-place';
import { isGettingReady, isPlayable, whyNotPublic, workStated } from '../works/stated';
import { Thumbnail } from '../works/thumbnail';

const newest = 8;
const recently = 24 * 3_600_000;

/** What became of the files that have arrived: the newest works, with what they wait for. */
export function GettingReady() {
  const works = useQuery({ ...contentsListOptions({ query: { sort: 'newest', limit: newest } }), select: ({ items }) => items.filter(isRecent) });
  return (
    <Answer query={works} what="Your newest works couldn't load." safe="They are safe." skeleton={null}>
      {(items) => items.length === 0 ? null : (
        <section aria-labelledby="arrived">
          <Group justify="space-between" mb="sm">
            <Title order={2} id="arrived">Arrived</Title>
            <TextLink to="/studio/library">All in Library</TextLink>
          </Group>
          <Stack gap="sm" component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
            {items.map((work) => <li key={work.id}><ArrivedCard work={work} /></li>)}
          </Stack>
        </section>
      )}
    </Answer>
  );
}

const isRecent = (work: Content): boolean =>
  work.state !== 'uploading' && work.state !== 'deleted' && work.state !== 'expired'
  && (isGettingReady(work) || Date.now() - new Date(work.upload_date).getTime() < recently);

function ArrivedCard({ work }: { work: Content }) {
  const stated = workStated(work, useTimeZone());
  const acts = useWorkActs(work);
  const ready = isPlayable(work);
  return (
    <Paper withBorder p="md" role="group" aria-label={work.title}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <Thumbnail work={work} width={104} />
        <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
          <Group justify="space-between" gap={6}>
            <Box style={{ flex: '1 1 180px', minWidth: 0 }}><TitleInPlace work={work} /></Box>
            <StateBadge stated={stated} />
          </Group>
          {isGettingReady(work) && <ReadyBar work={work} />}
          <Group justify="space-between" gap="xs">
            <Text size="sm" role="status">{stated.sentence}</Text>
            <Group gap="xs">
              {work.state === 'private' && <WhyButton size="sm" why={whyNotPublic(work)} onClick={acts.publish} loading={acts.busy}>Make public</WhyButton>}
              {work.state === 'failed' && <WhyButton size="sm" onClick={acts.retry} loading={acts.busy} why={work.failure?.retryable === false ? 'Trying again would not help here. See the reason.' : undefined}>Try again</WhyButton>}
              <ButtonLink size="sm" variant="default" to="/studio/library/$contentId" params={{ contentId: work.id }} aria-label={`${ready ? 'Open' : 'Details'}: ${work.title}`}>{ready ? 'Open' : 'Details'}</ButtonLink>
            </Group>
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}

export function ReadyBar({ work }: { work: Content }) {
  const known = work.progress?.percent;
  const shown = Math.min(99, Math.floor(known ?? 0));
  return (
    <Progress
      value={known == null ? 100 : shown}
      striped={known == null}
      animated={known == null}
      color="blue.8"
      aria-label={known == null ? 'Getting ready' : `Getting ready, ${shown}%`}
    />
  );
}
