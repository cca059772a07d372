import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLock, IconRefresh, IconRestore, IconTrash, IconWorld } from '@tabler/icons-react';
import type { Content } from '@/client';
import { useWorkActs } from '../works/acts';

/** What can be done with a work, only what its state allows. */
export function WorkMenu({ work }: { work: Content }) {
  const acts = useWorkActs(work);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="var(--ink-neutral)" size={44} aria-label={`Acts for ${work.title}`} loading={acts.busy}>
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {work.state === 'private' && <Menu.Item leftSection={<IconWorld size={16} aria-hidden />} onClick={acts.publish}>Make public</Menu.Item>}
        {work.state === 'public' && <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={acts.unpublish}>Make private</Menu.Item>}
        {work.state === 'failed' && work.failure?.retryable !== false && <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={acts.retry}>Try again</Menu.Item>}
        {work.state === 'deleted'
          ? <Menu.Item leftSection={<IconRestore size={16} aria-hidden />} onClick={acts.restore}>Restore</Menu.Item>
          : <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="var(--ink-bad)" onClick={acts.remove}>Delete</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
