import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

/** The field that `/` leads to. What is typed goes into the address a moment later. */
export function SearchBox({ label, value, onSearch }: { label: string; value: string | undefined; onSearch: (text: string | undefined) => void }) {
  const [typed, setTyped] = useState(value ?? '');
  const search = useDebouncedCallback((text: string) => { onSearch(text.trim() || undefined); }, 300);
  return (
    <TextInput
      type="search"
      size="xs"
      data-page-search
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => { setTyped(event.currentTarget.value); search(event.currentTarget.value); }}
      style={{ flex: '1 1 220px', maxWidth: 360 }}
    />
  );
}
