import { SearchField } from '@/pieces/search-field';

/** The search of a list of Ops, at its size. */
export function SearchBox(props: { label: string; value: string | undefined; onSearch: (text: string | undefined) => void }) {
  return <SearchField {...props} size="xs" style={{ flex: '1 1 220px', maxWidth: 360 }} />;
}
