import { ActionIcon, Indicator, Popover, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Notification } from '@/client';
import { notificationsListOptions, notificationsMarkReadMutation } from '@/client/@tanstack/react-query.gen';
import { answersOf } from '@/live/apply';
import { Answer } from '@/pieces/answer';
import { When } from '@/pieces/when';

const shownAtOnce = 20;

export function Bell() {
  const [opened, setOpened] = useState(false);
  const queries = useQueryClient();
  const list = useQuery(notificationsListOptions({ query: { limit: shownAtOnce } }));
  const markRead = useMutation({
    ...notificationsMarkReadMutation(),
    onSuccess: () => queries.invalidateQueries(answersOf('notificationsList')),
  });
  const unread = list.data?.items.filter(({ read }) => !read) ?? [];

  const toggle = (open: boolean) => {
    setOpened(open);
    // What was on screen is read once the list closes, so that the marks stay while one reads.
    const newest = list.data?.items[0];
    if (!open && unread.length > 0 && newest) markRead.mutate({ body: { up_to: newest.id } });
  };

  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={360} trapFocus shadow="md" withinPortal>
      <Indicator disabled={unread.length === 0} label={unread.length > 9 ? '9+' : unread.length} size={18} offset={8} color="blue.8">
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="var(--ink-neutral)"
            size={44}
            onClick={() => { toggle(!opened); }}
            aria-label={unread.length > 0 ? `Notifications, ${unread.length} new` : 'Notifications'}
          >
            <IconBell size={22} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p="xs" aria-label="Notifications">
        <ScrollArea.Autosize mah={420}>
          <Answer query={list} what="Your notifications couldn't load.">
            {({ items }) => items.length === 0
              ? <Text c="dimmed" size="sm" p="md" ta="center">Nothing yet. We tell you here when a work is ready.</Text>
              : <Stack gap={2}>{items.map((item) => <Item key={item.id} item={item} onGo={() => { toggle(false); }} />)}</Stack>}
          </Answer>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

function Item({ item, onGo }: { item: Notification; onGo: () => void }) {
  const navigate = useNavigate();
  const { content_id: contentId } = item;
  return (
    <UnstyledButton
      p="xs"
      className="studio-row"
      style={{ borderRadius: 8 }}
      onClick={() => {
        onGo();
        if (contentId) void navigate({ to: '/studio/library/$contentId', params: { contentId } });
      }}
    >
      <Text size="sm" fw={item.read ? 400 : 600}>{item.title}</Text>
      <Text size="sm" c="dimmed" lineClamp={2}>{item.body}</Text>
      <Text size="xs" c="dimmed" component="span">{!item.read && 'New · '}<When at={item.created_at} /></Text>
    </UnstyledButton>
  );
}
