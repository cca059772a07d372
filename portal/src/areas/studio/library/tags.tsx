import { Group } from '@mantine/core';
import { TextLink } from '@/pieces/links';

const shown = 3;

/** The first tags of a work; each narrows the library to itself. */
export function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return null;
  return (
    <Group gap={8}>
      {tags.slice(0, shown).map((tag) => (
        <TextLink key={tag} to="/studio/library" search={(now) => ({ ...now, tag })} size="sm" c="dimmed">#{tag}</TextLink>
      ))}
    </Group>
  );
}
