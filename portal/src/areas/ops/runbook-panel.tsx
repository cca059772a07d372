import { Code, Spoiler, Text } from '@mantine/core';
import type { Runbook } from '@/client';
import { Panel } from './details-panel';

/** What it does, and what to do when it fails: the runbook, where it is needed. */
export function RunbookPanel({ runbook }: { runbook: Runbook | undefined }) {
  if (!runbook) return null;
  return (
    <Panel title="Runbook" beside={<Code fz={12}>{runbook.path}</Code>}>
      <Spoiler maxHeight={120} showLabel="Show all" hideLabel="Show less">
        <Text component="pre" fz={14} ff="inherit" m={0} style={{ whiteSpace: 'pre-wrap' }}>{runbook.markdown.replace(/^# .*\n+/, '')}</Text>
      </Spoiler>
    </Panel>
  );
}
