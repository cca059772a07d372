import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queries } from '@/queries';
import { currentSession, forgetSession } from '@/session';
import { answersInTurn, done, ok, pathOf, refused } from '@/testing/answers';
import { open, signedInAs } from '@/testing/page';
import { me } from '@/testing/samples';

let api: ReturnType<typeof answersInTurn>;

beforeEach(() => {
  api = answersInTurn();
  signedInAs('creator');
});

afterEach(() => {
  forgetSession();
  queries.clear();
});

const click = async (name: string | RegExp) => { await userEvent.click(await screen.findByRole('button', { name })); };
const asked = (method: string) => api.asked.filter((request) => request.method === method).map(pathOf);

describe('settings', () => {
  it('save the name, and show it everywhere', async () => {
    open('/settings/profile');
    const name = await screen.findByLabelText('Name');
    await userEvent.clear(name);
    await userEvent.type(name, 'Ana B.');
    api.answer(ok(me({ display_name: 'Ana B.' })));
    await click('Save');
    await expect.poll(() => currentSession()?.account.display_name).toBe('Ana B.');
  });

  it('say which password was wrong', async () => {
    open('/settings/password');
    await userEvent.type(await screen.findByLabelText('Current password'), 'not-the-password');
    await userEvent.type(screen.getByLabelText('New password'), 'a-long-walk-home');
    api.answer(refused(400, 'accounts.wrong_password', { field: 'current_password', detail: 'This is not your password' }));
    await click('Change password');
    expect((await screen.findAllByText('This is not your password.')).length).toBeGreaterThan(0);
    api.answer(done());
    await click('Change password');
    await expect.poll(() => screen.getByLabelText<HTMLInputElement>('Current password').value).toBe('');
    expect(asked('POST')).toEqual(['/v1/me/password', '/v1/me/password']);
  });
});
