import { Grid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Runbook } from '@/client';
import { Page } from '@/pieces/page';
import { StateBadge } from '@/pieces/state-badge';
import type { Stated } from '@/words/stated';
import { FactList, Panel, type Fact } from './details-panel';
import { RunbookPanel } from './runbook-panel';

/** One job or one run: its state and acts, a sentence that says why, what happened, what to do about it, and the facts. */
export function DetailPage({ title, stated, acts, sentence, overview, runbook, given, facts, tags, children }: {
  title: string;
  stated: Pick<Stated, 'word' | 'role' | 'icon'>;
  acts: ReactNode;
  sentence: string;
  /** Over the whole width, before anything else. */
  overview?: ReactNode;
  runbook: Runbook | undefined;
  /** What it was started with. */
  given: ReactNode;
  facts: Fact[];
  tags?: ReactNode;
  /** What happened. */
  children: ReactNode;
}) {
  return (
    <Page title={title} beside={<StateBadge stated={stated} size="md" />} acts={acts}>
      <Stack gap="md">
        <Text fz={16} role="status">{sentence}{runbook && <Text span c="dimmed"> {runbook.about}</Text>}</Text>
        {overview}
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 8 }}>
            <Stack gap="md">
              {children}
              <RunbookPanel runbook={runbook} />
              {given}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <Panel title="Facts"><FactList facts={facts} />{tags}</Panel>
          </Grid.Col>
        </Grid>
      </Stack>
    </Page>
  );
}
