import { Group, Menu, Paper, Stack, Text, Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { Content } from '@/client';
import { When } from '@/pieces/when';
import { WhyButton } from '@/pieces/why-button';
import { useWorkActs } from '../works/acts';
import { whyNotPublic } from '../works/stated';

/** Who sees it, and the one act that changes that. */
export function Visibility({ work }: { work: Content }) {
  const acts = useWorkActs(work);
  const isPublic = work.state === 'public';
  return (
    <Paper withBorder p="lg">
      <Stack gap="sm">
        <Text fw={600} component="h2" fz={16}>Who sees it</Text>
        <Text component="div">
          {isPublic ? <>Everyone{work.published_at && <>, since <When at={work.published_at} /></>}</> : 'Only you'}
        </Text>
        <Group gap="xs">
          {isPublic
            ? <Button variant="default" onClick={acts.unpublish} loading={acts.busy}>Make private</Button>
            : <WhyButton onClick={acts.publish} loading={acts.busy} why={whyNotPublic(work)}>Make public</WhyButton>}
          {work.state !== 'deleted' && (
            <Menu position="bottom-start">
              <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>More</Button></Menu.Target>
              <Menu.Dropdown><Menu.Item color="var(--ink-bad)" onClick={acts.remove}>Delete</Menu.Item></Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
