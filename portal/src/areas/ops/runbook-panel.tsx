import { Code, Spoiler, Table } from '@mantine/core';
import Markdown, { type MarkdownToJSX } from 'markdown-to-jsx/react';
import type { ReactNode } from 'react';
import type { Runbook } from '@/client';
import { Panel } from './details-panel';

/** Whole lines, so that none is cut in the middle. */
const lineHeight = 20;
const linesAtFirst = 6;

const asOurs: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  overrides: {
    code: { component: Code, props: { fz: 13 } },
    table: ({ children }: { children?: ReactNode }) => (
      <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Table of the runbook' } }}>
        <Table fz={14} verticalSpacing={4}>{children}</Table>
      </Table.ScrollContainer>
    ),
    // Runbooks point at each other by file, which is no address of the portal.
    a: ({ children }: { children?: ReactNode }) => <>{children}</>,
  },
};

/** The page names the job already. */
const withoutTitle = (markdown: string): string => markdown.replace(/^# .*\n+/, '');

/** What it does, and what to do when it fails: the runbook, where it is needed. */
export function RunbookPanel({ runbook }: { runbook: Runbook | undefined }) {
  if (!runbook) return null;
  return (
    <Panel title="Runbook" beside={<Code fz={12}>{runbook.path}</Code>}>
      <Spoiler maxHeight={lineHeight * linesAtFirst} showLabel="Show all" hideLabel="Show less" fz={14} lh={`${lineHeight}px`}>
        <div className="runbook"><Markdown options={asOurs}>{withoutTitle(runbook.markdown)}</Markdown></div>
      </Spoiler>
    </Panel>
  );
}
