import { Button, Chip, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Stated } from '@/words/stated';

/** One state at a time, or all. */
export function StateChips<T extends string>({ label, words, value, onChange }: {
  label: string;
  words: Record<T, Pick<Stated, 'word'>>;
  value: T | undefined;
  onChange: (state: T | undefined) => void;
}) {
  return (
    <Group gap={6} role="group" aria-label={label}>
      {(Object.keys(words) as T[]).map((state) => (
        <Chip key={state} size="xs" variant="outline" checked={value === state} onChange={(checked) => { onChange(checked ? state : undefined); }}>
          {words[state].word}
        </Chip>
      ))}
    </Group>
  );
}

/** A condition that one click takes away: `queue=media ×`. */
export function ConditionChip({ name, value, onRemove }: { name: string; value: string | undefined; onRemove: () => void }) {
  if (value === undefined) return null;
  return (
    <Button size="compact-sm" variant="default" rightSection={<IconX size={12} aria-hidden />} onClick={onRemove} aria-label={`Remove the condition ${name} ${value}`}>
      {name}={value}
    </Button>
  );
}
