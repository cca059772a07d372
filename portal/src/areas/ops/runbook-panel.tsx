import { Code, Spoiler, Text } from '@mantine/core';
import type { Runbook } from '@/client';
import { Panel } from './details-panel';

/** Markdown is meant to be read as it is; only the marks of headings are in the way. */
const plain = (markdown: string): string => markdown.replace(/^# .*\n+/, '').replace(/^#+ /gm, '').replaceAll('`', '');

/** What it does, and what to do when it fails: the runbook, where it is needed. */
export function RunbookPanel({ runbook }: { runbook: Runbook | undefined }) {
  if (!runbook) return null;
  return (
    <Panel title="Runbook">
      <Code fz={12} mb="xs" display="inline-block">{runbook.path}</Code>
      <Spoiler maxHeight={120} showLabel="Show all" hideLabel="Show less">
        <Text component="pre" fz={14} ff="inherit" m={0} style={{ whiteSpace: 'pre-wrap' }}>{plain(runbook.markdown)}</Text>
      </Spoiler>
    </Panel>
  );
}
