import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { CreatedApiToken, Scope } from '@/client';
import { tokensCreateMutation, tokensListQueryKey } from '@/client/@tanstack/react-query.gen';
import { ProblemPanel } from '@/pieces/problem-panel';
import { WhyButton } from '@/pieces/why-button';
import { isProblem } from '@/session/problem';
import { grantable } from './scopes';
import { useAccount } from '@/session';

const lives = [
  { value: '30', label: '30 days' }, { value: '90', label: '90 days' }, { value: '365', label: 'A year' }, { value: '', label: 'No end' },
];

export function CreateToken({ opened, onClose, onCreated }: { opened: boolean; onClose: () => void; onCreated: (token: CreatedApiToken) => void }) {
  const { roles } = useAccount();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [days, setDays] = useState('90');
  const create = useMutation({
    ...tokensCreateMutation(),
    onSuccess: (token) => {
      onCreated(token);
      setName('');
      setScopes([]);
      onClose();
      return queries.invalidateQueries({ queryKey: tokensListQueryKey() });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ headers: { 'Idempotency-Key': crypto.randomUUID() }, body: { name, scopes, ...(days ? { expires_in_days: Number(days) } : {}) } });
  };
  const fields = isProblem(create.error) ? create.error.fields : {};
  return (
    <Modal opened={opened} onClose={onClose} title="Create an API token" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {create.isError && <ProblemPanel error={create.error} />}
          <TextInput label="Name" description="What will use it" value={name} onChange={(event) => { setName(event.currentTarget.value); }} required withAsterisk={false} maxLength={80} data-autofocus error={fields.name} />
          <Checkbox.Group label="It may" value={scopes} onChange={(chosen) => { setScopes(chosen); }} error={fields.scopes}>
            <Stack gap="xs" mt="xs">
              {grantable(roles).map(({ scope, may }) => <Checkbox key={scope} value={scope} label={may} />)}
            </Stack>
          </Checkbox.Group>
          <Select label="It ends after" data={lives} value={days} onChange={(value) => { setDays(value ?? ''); }} allowDeselect={false} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <WhyButton type="submit" loading={create.isPending} why={scopes.length === 0 ? 'Choose at least one thing that it may do' : undefined}>Create token</WhyButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
