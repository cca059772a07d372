import { CopyButton, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** An id or a code that one click copies. */
export function CopyCode({ value, label, short }: { value: string; label: string; short?: boolean }) {
  const shown = short && value.length > 16 ? `${value.slice(0, 4)}…${value.slice(-6)}` : value;
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <UnstyledButton
          onClick={copy}
          // The browser's own tooltip: a component for it would come with every first visit, in case that fails.
          title={copied ? 'Copied' : `Copy ${label}`}
          aria-label={copied ? `${shown}, copied` : `${shown}, copy ${label}`}
          fz={13}
          ff="monospace"
          c="dimmed"
          style={{ display: 'inline-flex', alignItems: 'center', gap: 4, minHeight: 24 }}
        >
          {shown}
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
