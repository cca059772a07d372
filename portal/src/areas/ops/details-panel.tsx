import { Code, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export function Panel({ title, children, beside }: { title: string; children: ReactNode; beside?: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <div style={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: '0 8px', alignItems: 'center', marginBottom: 8 }}>
        <Text fw={600} component="h2" fz={16} m={0}>{title}</Text>
        {beside}
      </div>
      {children}
    </Paper>
  );
}

/** A name and a value. */
export type Fact = [name: string, value: ReactNode];

/** Facts as a list of names and values; empty ones are left out. */
export function FactList({ facts }: { facts: Fact[] }) {
  return (
    <dl style={{ margin: 0 }}>
      {facts.filter(([, value]) => value !== undefined && value !== null && value !== '').map(([name, value]) => (
        <div key={name} className="fact">
          <Text component="dt" fz={14} c="dimmed">{name}</Text>
          <Text component="dd" fz={14} m={0} className="tabular">{value}</Text>
        </div>
      ))}
    </dl>
  );
}

/** What a job or a run was started with. */
export function Given({ title, value }: { title: string; value: unknown }) {
  return <Panel title={title} beside={<Text fz={12} c="dimmed">Secrets are left out</Text>}><Json value={value} /></Panel>;
}

/** Arguments and outputs as the API gives them: without what looks like a secret. */
export function Json({ value }: { value: unknown }) {
  return <Code block tabIndex={0} fz={13} style={{ maxHeight: 320, overflow: 'auto', whiteSpace: 'pre-wrap' }}>{JSON.stringify(value, null, 2)}</Code>;
}

/** An error with its causes, each on a line of its own. */
export function ErrorChain({ chain, code }: { chain: string[] | undefined; code: string | undefined }) {
  if (!chain && !code) return null;
  const [head, ...causes] = chain ?? [];
  return (
    <div>
      <Text fz={14} ff="monospace" c="var(--ink-bad)" style={{ whiteSpace: 'pre-wrap' }}>{code ? `[${code}] ` : ''}{head}</Text>
      {causes.map((cause, index) => <Text key={index} fz={13} ff="monospace" c="dimmed" pl="md" style={{ whiteSpace: 'pre-wrap' }}>because: {cause}</Text>)}
    </div>
  );
}
