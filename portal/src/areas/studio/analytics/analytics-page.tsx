import { Button, Group, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Overview } from '@/client';
import { analyticsOverviewOptions, contentsShowOptions } from '@/client/@tanstack/react-query.gen';
import { Answer, Rows } from '@/pieces/answer';
import { FreshnessLine, keptFresh } from '@/pieces/freshness';
import { ButtonLink, TextLink } from '@/pieces/links';
import { Page } from '@/pieces/page';
import { Tabs } from '@/pieces/tabs';
import { daysOf, type AnalyticsSearch, type Section } from './analytics-search';
import { AudienceSection } from './audience-section';
import { ExportsSection } from './exports-section';
import { OverviewSection } from './overview-section';
import { RangeControl } from './range-control';
import { RealtimeSection } from './realtime-section';
import { RetentionSection } from './retention-section';
import { WorksSection } from './works-section';

const route = getRouteApi('/frame/studio/analytics');

const tabs: { show: Section | undefined; label: string }[] = [
  { show: undefined, label: 'Overview' }, { show: 'works', label: 'Works' }, { show: 'audience', label: 'Audience' },
  { show: 'retention', label: 'Retention' }, { show: 'realtime', label: 'Real time' }, { show: 'exports', label: 'Exports' },
];

/** What worked, and how sure is that? */
export function AnalyticsPage() {
  const search = route.useSearch();
  const { content } = search;
  // Every answer says how far figures are complete; the usual one is asked for whatever is shown, since ranges end there.
  const usual = useQuery({ ...analyticsOverviewOptions({ query: content ? { content } : {} }), ...keptFresh });
  return (
    <Page title="Analytics" acts={<ButtonLink to="/studio/analytics" search={{ ...search, show: 'exports' }}>Export</ButtonLink>}>
      <Stack gap="sm">
        <Tabs label="Analytics" tabs={tabs.map(({ show, label }) => ({ label, to: '/studio/analytics', search: { ...search, show } }))} />
        {content && <OneWork id={content} />}
        <Answer query={usual} what="Your figures couldn't load." safe="They are safe." skeleton={<Rows count={5} height={64} />}>
          {(overview) => (
            <>
              <FreshnessLine freshness={overview.freshness} />
              <Shown search={search} usual={overview} />
            </>
          )}
        </Answer>
      </Stack>
    </Page>
  );
}

/** The one work that everything is about, and the way back to all. */
function OneWork({ id }: { id: string }) {
  const navigate = route.useNavigate();
  const work = useQuery(contentsShowOptions({ path: { id } }));
  const title = work.data?.title ?? 'one work';
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">Only</Text>
      <Button
        size="compact-md"
        variant="default"
        maw="min(420px, 80vw)"
        rightSection={<IconX size={14} aria-hidden />}
        onClick={() => void navigate({ search: (now) => ({ ...now, content: undefined }) })}
        aria-label={`Only ${title}. Show all works`}
      >
        {title}
      </Button>
      <TextLink to="/studio/library/$contentId" params={{ contentId: id }} size="sm">Open it</TextLink>
    </Group>
  );
}

function Shown({ search, usual }: { search: AnalyticsSearch; usual: Overview }) {
  const { show, content } = search;
  const completeThrough = usual.freshness.complete_through;
  const days = daysOf(search, usual, completeThrough);
  if (show === 'realtime') return <RealtimeSection content={content} />;
  return (
    <Stack gap="md">
      <RangeControl search={search} days={days} completeThrough={completeThrough} canCompare={show === undefined} />
      {show === undefined && <OverviewSection search={search} days={days} />}
      {show === 'works' && <WorksSection search={search} days={days} />}
      {show === 'audience' && <AudienceSection content={content} days={days} />}
      {show === 'retention' && <RetentionSection content={content} days={days} />}
      {show === 'exports' && <ExportsSection content={content} days={days} completeThrough={completeThrough} />}
    </Stack>
  );
}
