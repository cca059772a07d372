import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconLayoutGrid, IconList, IconX } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { SearchField } from '@/pieces/search-field';
import { isNarrowed, type LibrarySearch, type LibrarySort } from './library-search';

const route = getRouteApi('/frame/studio/library');
const sorts: { value: LibrarySort; label: string }[] = [
  { value: 'newest', label: 'Newest first' }, { value: 'oldest', label: 'Oldest first' }, { value: 'title', label: 'Title A to Z' },
];

/** The address holds every filter; this only writes it. */
export function LibraryFilters({ search }: { search: LibrarySearch }) {
  const navigate = route.useNavigate();
  const change = (next: Partial<Record<keyof LibrarySearch, unknown>>) =>
    void navigate({ search: (now) => ({ ...now, ...next }) as LibrarySearch, replace: true });
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label="Library">
      <SearchField label="Search titles, descriptions and tags" placeholder="Search" value={search.q} onSearch={(q) => { change({ q }); }} style={{ flex: '1 1 180px', maxWidth: 320 }} />
      <Select
        aria-label="Visibility"
        placeholder="All"
        data={[{ value: 'processing', label: 'Not ready' }, { value: 'private', label: 'Private' }, { value: 'public', label: 'Public' }]}
        value={search.status ?? null}
        onChange={(status) => { change({ status: status ?? undefined }); }}
        clearable
        clearButtonProps={{ 'aria-label': 'Any visibility' }}
        w={130}
      />
      <Select
        aria-label="Kind"
        placeholder="Video, audio"
        data={[{ value: 'video', label: 'Video' }, { value: 'audio', label: 'Audio' }]}
        value={search.kind ?? null}
        onChange={(kind) => { change({ kind: kind ?? undefined }); }}
        clearable
        clearButtonProps={{ 'aria-label': 'Any kind' }}
        w={140}
      />
      <Select aria-label="Order" data={sorts} value={search.sort ?? 'newest'} allowDeselect={false} onChange={(sort) => { change({ sort: sort === 'newest' ? undefined : sort }); }} w={150} />
      {search.tag && (
        <Button variant="default" rightSection={<IconX size={14} aria-hidden />} onClick={() => { change({ tag: undefined }); }} aria-label={`Tag ${search.tag}: remove filter`}>
          Tag: {search.tag}
        </Button>
      )}
      {isNarrowed(search) && <Button variant="subtle" onClick={() => void navigate({ search: { view: search.view, deleted: search.deleted } })}>Clear filters</Button>}
      <Group gap="xs" ml="auto">
        <SegmentedControl
          aria-label="Which works"
          value={search.deleted ? 'deleted' : 'works'}
          onChange={(which) => { change({ deleted: which === 'deleted' ? true : undefined }); }}
          data={[{ value: 'works', label: 'Works' }, { value: 'deleted', label: 'Deleted' }]}
        />
        <SegmentedControl
          aria-label="View"
          value={search.view ?? 'table'}
          onChange={(view) => { change({ view: view === 'grid' ? 'grid' : undefined }); }}
          data={[
            { value: 'table', label: <><IconList size={18} aria-hidden style={{ display: 'block' }} /><span className="sr-only">Table</span></> },
            { value: 'grid', label: <><IconLayoutGrid size={18} aria-hidden style={{ display: 'block' }} /><span className="sr-only">Grid</span></> },
          ]}
        />
      </Group>
    </Group>
  );
}
