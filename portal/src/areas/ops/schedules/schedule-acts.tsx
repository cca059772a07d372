import { Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schedule } from '@/client';
import { schedulesPauseMutation, schedulesResumeMutation, schedulesShowQueryKey, schedulesTriggerMutation } from '@/client/@tanstack/react-query.gen';
import { answersOf } from '@/live/apply';
import { Confirm } from '@/pieces/confirm';
import { useNow } from '@/pieces/now';
import { say } from '@/pieces/say';
import { WhyButton } from '@/pieces/why-button';
import { useTimeZone } from '@/preferences/preferences';
import { given, ReasonField } from '../reason-field';
import { heldSentence, missedWords } from './schedule-words';

type Act = 'trigger' | 'pause' | 'resume';

const words: Record<Act, { title: string; act: string; done: string }> = {
  trigger: { title: 'Trigger', act: 'Trigger now', done: 'It fires now' },
  pause: { title: 'Pause', act: 'Pause it', done: 'It is held' },
  resume: { title: 'Resume', act: 'Resume it', done: 'It goes on' },
};

/** What may be done to a schedule, on record. What may not says why. */
export function ScheduleActs({ schedule }: { schedule: Schedule }) {
  const queries = useQueryClient();
  const zone = useTimeZone();
  const now = useNow();
  const [asking, setAsking] = useState<Act>();
  const [reason, setReason] = useState('');
  const done = (act: Act) => (changed: Schedule) => {
    say(words[act].done);
    setAsking(undefined);
    setReason('');
    queries.setQueryData(schedulesShowQueryKey({ path: { name: schedule.name } }), changed);
    return queries.invalidateQueries(answersOf('schedulesList'));
  };
  const acts = {
    trigger: useMutation({ ...schedulesTriggerMutation(), onSuccess: done('trigger') }),
    pause: useMutation({ ...schedulesPauseMutation(), onSuccess: done('pause') }),
    resume: useMutation({ ...schedulesResumeMutation(), onSuccess: done('resume') }),
  };
  const act = asking ?? 'trigger';
  return (
    <Group gap="xs">
      <WhyButton size="sm" onClick={() => { setAsking('trigger'); }}>Trigger</WhyButton>
      <WhyButton size="sm" variant="default" why={schedule.paused ? heldSentence(schedule, zone, now) : undefined} onClick={() => { setAsking('pause'); }}>Pause</WhyButton>
      <WhyButton size="sm" variant="default" why={schedule.paused ? undefined : 'It is not held: it fires by itself.'} onClick={() => { setAsking('resume'); }}>Resume</WhyButton>
      <Confirm
        opened={asking !== undefined}
        bad={asking === 'pause'}
        title={`${words[act].title} ${schedule.name}?`}
        act={words[act].act}
        busy={acts[act].isPending}
        error={acts[act].error}
        onAct={() => { acts[act].mutate({ path: { name: schedule.name }, body: given(reason) }); }}
        onClose={() => { acts[act].reset(); setAsking(undefined); }}
      >
        <Text>{effectOf(act, schedule)}</Text>
        <ReasonField value={reason} onChange={setReason} />
      </Confirm>
    </Group>
  );
}

function effectOf(act: Act, { job, missed, paused }: Schedule): string {
  switch (act) {
    case 'trigger': return `One job ${job} is enqueued now. The next tick stays where it is${paused ? ', and the schedule stays held' : ''}.`;
    case 'pause': return `It no longer enqueues ${job} until somebody resumes it. Jobs that it has enqueued go on.`;
    case 'resume': return `It fires by itself again, from its next tick on. ${missedWords[missed]}`;
  }
}
