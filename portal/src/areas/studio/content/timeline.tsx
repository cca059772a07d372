import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Content, TimelineStep } from '@/client';
import { contentsTimelineOptions } from '@/client/@tanstack/react-query.gen';
import { Answer, Rows } from '@/pieces/answer';
import { StateIcon } from '@/pieces/state-badge';
import { When } from '@/pieces/when';
import { stepStated } from './step-words';

/** What has happened to the file so far, in the creator's words. */
export function Timeline({ work }: { work: Content }) {
  const timeline = useQuery(contentsTimelineOptions({ path: { id: work.id } }));
  return (
    <Paper withBorder p="lg">
      <Text fw={600} component="h2" fz={16} mb="sm">What happened</Text>
      <Answer query={timeline} what="The history couldn't load." skeleton={<Rows count={4} height={24} />}>
        {({ items }) => (
          <Stack component="ol" gap={10} m={0} p={0} style={{ listStyle: 'none' }}>
            {items.map((step) => <Step key={step.step} step={step} />)}
          </Stack>
        )}
      </Answer>
    </Paper>
  );
}

function Step({ step }: { step: TimelineStep }) {
  const { icon, role, word } = stepStated(step.state);
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <StateIcon icon={icon} role={role} />
      <div style={{ flex: 1 }}>
        <Text size="sm">{step.words}<span className="sr-only">: {word}</span></Text>
        {step.detail && <Text size="sm" c="dimmed">{step.detail}</Text>}
        {step.finished_at && <Text size="xs" c="dimmed" component="span"><When at={step.finished_at} /></Text>}
      </div>
    </Group>
  );
}
