import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetSession } from '@/session';
import { answersInTurn, done, ok, pathOf, refused } from '@/testing/answers';
import { open } from '@/testing/page';

let api: ReturnType<typeof answersInTurn>;

beforeEach(() => {
  forgetSession();
  api = answersInTurn();
});

const click = async (name: string) => { await userEvent.click(await screen.findByRole('button', { name })); };
const type = async (label: string, text: string) => { await userEvent.type(await screen.findByLabelText(label), text); };

describe('joining', () => {
  it('ends with a mail, which can be sent again', async () => {
    api.answer(ok({}), refused(429, 'accounts.too_often', { detail: 'A mail was sent just now' }), ok({}));
    open('/sign-up');
    await type('Name', 'Ana');
    await type('Email', 'ana@demo.test');
    await type('Password', 'a-long-walk-home');
    await click('Create account');
    expect(await screen.findByText('ana@demo.test')).toBeTruthy();
    await click('Send the link again');
    expect(await screen.findByText('A mail was sent just now.')).toBeTruthy();
    await click('Send the link again');
    expect(await screen.findByText(/a new link is on its way/)).toBeTruthy();
    expect(api.asked.map(pathOf)).toEqual(['/v1/auth/register', '/v1/auth/verify/resend', '/v1/auth/verify/resend']);
  });

  it('says what is wrong with a field', async () => {
    api.answer(refused(400, 'accounts.weak_password', { field: 'password', detail: 'Everybody knows this password' }));
    open('/sign-up');
    await type('Name', 'Ana');
    await type('Email', 'ana@demo.test');
    await type('Password', 'password-password');
    await click('Create account');
    expect((await screen.findAllByText('Everybody knows this password.')).length).toBeGreaterThan(0);
  });

  it('is finished by the link of the mail, once', async () => {
    api.answer(done());
    open('/verify?token=good');
    expect(await screen.findByText('Your account is ready.')).toBeTruthy();
    expect(api.asked).toHaveLength(1);
  });

  it('says what to do when the link is used up', async () => {
    api.answer(refused(400, 'accounts.bad_token', { detail: 'This link was used' }));
    open('/verify?token=old');
    expect(await screen.findByRole('heading', { name: "This link doesn't work" })).toBeTruthy();
    expect(screen.getByText(/Sign in with your password to get a new one/)).toBeTruthy();
  });
});

describe('a forgotten password', () => {
  it('is mailed a link, whether or not there is such an account', async () => {
    api.answer(ok({}));
    open('/forgot-password');
    await type('Email', 'ana@demo.test');
    await click('Send the link');
    expect(await screen.findByText(/has an account, a link is on its way/)).toBeTruthy();
  });
});
