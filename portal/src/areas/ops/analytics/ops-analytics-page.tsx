import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OpsAnalytics } from '@/client';
import { opsAnalyticsOptions } from '@/client/@tanstack/react-query.gen';
import { exact } from '@/format/sizes';
import { machineTime } from '@/format/durations';
import { Answer } from '@/pieces/answer';
import { FreshnessLine } from '@/pieces/freshness';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import { Tabs } from '@/pieces/tabs';
import { When } from '@/pieces/when';
import { AsOf } from '../as-of';
import { Panel } from '../details-panel';
import { polled } from '../polling';
import { BusinessSection } from './business-section';
import { lagSentence, lineWords } from './count-words';
import { DayTable } from './day-table';
import { RejectedPanel } from './rejected-panel';

const route = getRouteApi('/frame/ops/analytics');

/** Is every day counted, and what was not? */
export function OpsAnalyticsPage() {
  const { show, code } = route.useSearch();
  const analytics = useQuery({ ...opsAnalyticsOptions(), ...polled });
  return (
    <Page title="Analytics" beside={<AsOf at={analytics.dataUpdatedAt} />}>
      <Stack gap="md">
        <Tabs label="Analytics" tabs={[{ label: 'Counting', to: '/ops/analytics', search: code ? { code } : {} }, { label: 'Business', to: '/ops/analytics', search: { show: 'business' } }]} />
        {show === 'business' ? <BusinessSection /> : (
          <Answer query={analytics} what="The state of the count couldn't load." safe="It goes on.">
            {(data) => <Counting analytics={data} />}
          </Answer>
        )}
      </Stack>
    </Page>
  );
}

function Counting({ analytics }: { analytics: OpsAnalytics }) {
  const { freshness, days, rejected, rules } = analytics;
  return (
    <Stack gap="md">
      <div>
        <FreshnessLine freshness={freshness} />
        <Text fz={14} c="dimmed">{lagSentence(freshness)}</Text>
      </div>
      <Lines analytics={analytics} />
      <Panel title="Days"><DayTable days={days} /></Panel>
      <Panel title="Rejected events, last 7 days"><RejectedPanel rejected={rejected} /></Panel>
      <Panel title="Rules that set events aside">
        {rules.length === 0 ? <Text fz={14} c="dimmed">There is no rule.</Text> : (
          <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
            {rules.map(({ rule, sentence, events }) => (
              <Text component="li" fz={14} key={rule}>
                <Text span inherit ff="monospace">{rule}</Text>{': '}{sentence} <Text span inherit fw={600} className="tabular">{exact(events)}</Text> on the last counted day.
              </Text>
            ))}
          </Stack>
        )}
      </Panel>
    </Stack>
  );
}

function Lines({ analytics: { stream, outbox } }: { analytics: OpsAnalytics }) {
  return (
    <Group gap="md" grow preventGrowOverflow={false} align="stretch">
      <Panel title="Stream in" beside={<StateBadge stated={lineWords[stream.state]} />}>
        <Text fz={14}>{stream.sentence}</Text>
        <Text fz={13} c="dimmed" className="tabular">
          {stream.waiting_messages !== undefined && `${exact(stream.waiting_messages)} waiting. `}{stream.since && <>Since <When at={stream.since} />.</>}
        </Text>
      </Panel>
      <Panel title="Outbox" beside={<StateBadge stated={lineWords[outbox.state]} />}>
        <Text fz={14}>{outbox.sentence}</Text>
        {outbox.state !== 'off' && <Text fz={13} c="dimmed" className="tabular">{exact(outbox.waiting)} waiting{outbox.waiting > 0 && `, the oldest for ${machineTime(outbox.oldest_seconds * 1000)}`}.</Text>}
      </Panel>
    </Group>
  );
}
