import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { sessionsListQueryKey, tokensListQueryKey } from '@/client/@tanstack/react-query.gen';
import { queries } from '@/queries';
import { open, signedInAs } from '@/testing/page';

const at = '2026-11-22T10:00:00Z';

beforeEach(() => {
  queries.clear();
  signedInAs('finance');
});

it('shows how much room is used', async () => {
  open('/settings/profile');
  expect(await screen.findByText('3 GB of 50 GB used')).toBeTruthy();
  expect(screen.getByDisplayValue('ana@demo.test')).toBeTruthy();
});

it('says what signing out everywhere will end', async () => {
  const session = { created_at: at, last_used_at: at, user_agent: 'curl/8' };
  queries.setQueryData(sessionsListQueryKey(), { items: [{ ...session, id: 'ses_1', current: true }, { ...session, id: 'ses_2', current: false }] });
  open('/settings/sessions');
  expect(await screen.findByText('curl (this one)')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Sign out everywhere' }));
  expect(await screen.findByText(/This ends all 2 sessions, this one too/)).toBeTruthy();
});

it('offers a token only what its owner may do, and says why it cannot be made empty', async () => {
  queries.setQueryData(tokensListQueryKey(), { items: [{ id: 'tok_1', name: 'Script', scopes: ['account:read'], created_at: at }] });
  open('/settings/tokens');
  expect(await screen.findByText('Script')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
  expect(await screen.findByText('Read your profile and notifications')).toBeTruthy();
  expect(screen.queryByText('Retry and cancel jobs and runs')).toBeNull();
  expect(screen.getByText('Choose at least one thing that it may do')).toBeTruthy();
});

it('asks for both passwords', async () => {
  open('/settings/password');
  expect(await screen.findByLabelText('Current password')).toBeTruthy();
  expect(screen.getByText('At least 12 characters')).toBeTruthy();
});
