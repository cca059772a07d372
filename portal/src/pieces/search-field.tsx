import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

const searchFor = (typed: string): string | undefined => typed.trim() || undefined;

/** The field that `/` leads to. What is typed goes into the address a moment later; what the address loses, the field loses. */
export function SearchField({ label, placeholder = label, value, onSearch, ...rest }: {
  label: string;
  placeholder?: string;
  value: string | undefined;
  onSearch: (text: string | undefined) => void;
} & Pick<TextInputProps, 'size' | 'style'>) {
  const [typed, setTyped] = useState(value ?? '');
  const [seen, setSeen] = useState(value);
  const tell = useDebouncedCallback((text: string) => { onSearch(searchFor(text)); }, 250);
  if (value !== seen) {
    setSeen(value);
    if (value !== searchFor(typed)) setTyped(value ?? '');
  }
  return (
    <TextInput
      type="search"
      data-page-search
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
      {...rest}
    />
  );
}
