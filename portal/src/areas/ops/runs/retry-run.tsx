import { Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '@/client';
import { runsRetryMutation } from '@/client/@tanstack/react-query.gen';
import { answersOf } from '@/live/apply';
import { Confirm } from '@/pieces/confirm';
import { say } from '@/pieces/say';
import { WhyButton } from '@/pieces/why-button';
import { Button } from '@mantine/core';
import { given, ReasonField } from '../reason-field';
import { optionWords, retryOptions, type RetryOption } from './retry-options';

/** Does a run again: one step, the failed one and what follows, or all; it names what is repeated before it acts. */
export function RetryRun({ run }: { run: Run }) {
  const queries = useQueryClient();
  const [option, setOption] = useState<RetryOption>();
  const [reason, setReason] = useState('');
  const retry = useMutation({
    ...runsRetryMutation(),
    onSuccess: () => {
      say('The run goes on');
      setOption(undefined);
      setReason('');
      return Promise.all([queries.invalidateQueries(answersOf('runsShow')), queries.invalidateQueries(answersOf('runsList'))]);
    },
  });
  const options = retryOptions(run);
  if (options.length === 0) return <WhyButton size="sm" why="It is under way. It can be retried when it waits, fails or ends.">Retry</WhyButton>;
  const whole = options.filter(({ step }) => step === undefined);
  const onwards = options.filter(({ from }) => from === 'step_and_after');
  const single = options.filter(({ from }) => from === 'step');
  const words = option && optionWords(option);
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target><Button size="sm" rightSection={<IconChevronDown size={16} aria-hidden />}>Retry</Button></Menu.Target>
        <Menu.Dropdown mah={440} style={{ overflowY: 'auto' }}>
          {whole.map((one) => <Menu.Item key={one.from} onClick={() => { setOption(one); }}>{optionWords(one).label}</Menu.Item>)}
          {onwards.length > 0 && <Menu.Label>From a step on</Menu.Label>}
          {onwards.map((one) => <Menu.Item key={one.step} onClick={() => { setOption(one); }}>{one.step} and what follows</Menu.Item>)}
          {single.length > 0 && <Menu.Label>One step alone</Menu.Label>}
          {single.map((one) => <Menu.Item key={one.step} onClick={() => { setOption(one); }}>{one.step} alone</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={option !== undefined}
        title={words?.label ?? ''}
        act={words?.act ?? 'Retry'}
        busy={retry.isPending}
        error={retry.error}
        onAct={() => {
          if (option) retry.mutate({ path: { id: run.id }, body: { from: option.from, ...(option.step ? { step: option.step } : {}), ...given(reason) } });
        }}
        onClose={() => { setOption(undefined); }}
      >
        <Text>{words?.repeats}</Text>
        <Text mt="xs">Steps are built to be repeated: what they did before is not done twice. No other run is touched.</Text>
        <ReasonField value={reason} onChange={setReason} />
      </Confirm>
    </>
  );
}
