import { Button, Group, Paper, Progress, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { meUpdateMutation } from '@/client/@tanstack/react-query.gen';
import { bytes, percent } from '@/format/sizes';
import { Page } from '@/pieces/page';
import { ProblemPanel } from '@/pieces/problem-panel';
import { say } from '@/pieces/say';
import { setPreferences, systemZone, usePreferences } from '@/preferences/preferences';
import { updateAccount, useAccount } from '@/session';
import { isProblem } from '@/session/problem';

export function ProfilePage() {
  return (
    <Page title="Profile">
      <Stack gap="lg">
        <NameForm />
        <Storage />
        <ThisDevice />
      </Stack>
    </Page>
  );
}

function NameForm() {
  const account = useAccount();
  const [name, setName] = useState(account.display_name);
  const save = useMutation({
    ...meUpdateMutation(),
    onSuccess: (me) => {
      updateAccount(me);
      say('Your name is saved');
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate({ body: { display_name: name } });
  };
  return (
    <Paper withBorder p="lg">
      <form onSubmit={submit}>
        <Stack gap="md">
          {save.isError && <ProblemPanel error={save.error} />}
          <TextInput label="Name" description="What viewers see" value={name} onChange={(event) => { setName(event.currentTarget.value); }} required withAsterisk={false} maxLength={80} error={isProblem(save.error) ? save.error.fields.display_name : undefined} />
          <TextInput label="Email" value={account.email} readOnly description={account.email_verified ? 'Confirmed' : 'Not confirmed yet'} />
          <Group><Button type="submit" loading={save.isPending}>Save</Button></Group>
        </Stack>
      </form>
    </Paper>
  );
}

function Storage() {
  const { storage } = useAccount();
  const used = percent(storage.used_bytes, storage.quota_bytes);
  return (
    <Paper withBorder p="lg">
      <Stack gap="xs">
        <Text fw={600}>Storage</Text>
        <Progress value={used} aria-label={`Storage, ${used}% used`} color="blue.8" />
        <Text c="dimmed">{bytes(storage.used_bytes)} of {bytes(storage.quota_bytes)} used</Text>
      </Stack>
    </Paper>
  );
}

function ThisDevice() {
  const { timeZone, singleKeys } = usePreferences();
  return (
    <Paper withBorder p="lg">
      <Stack gap="md">
        <Text fw={600}>On this device</Text>
        <Select
          label="Time zone"
          description="Every time on every page is in this zone"
          data={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
          value={timeZone ?? null}
          placeholder={`As this device: ${systemZone()}`}
          onChange={(zone) => { setPreferences({ timeZone: zone ?? undefined }); }}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Use the zone of this device' }}
        />
        <Switch
          label="Single keys"
          description="? shows the keys, / searches, j and k move in lists"
          checked={singleKeys}
          onChange={(event) => { setPreferences({ singleKeys: event.currentTarget.checked }); }}
        />
      </Stack>
    </Paper>
  );
}
