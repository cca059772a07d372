import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { forgetSession } from '@/session';
import { open } from '@/testing/page';

beforeEach(() => { forgetSession(); });

it('asks a stranger for sign-in and remembers where they wanted to go', async () => {
  const router = open('/studio/library?q=beach');
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy();
  expect(router.state.location.search).toEqual({ next: '/studio/library?q=beach' });
});

it('says that the connection is lost, and what happens then', async () => {
  open('/sign-in');
  await userEvent.type(await screen.findByLabelText('Email'), 'ana@demo.test');
  await userEvent.type(screen.getByLabelText('Password'), 'a-long-walk-home');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText("The connection is lost.")).toBeTruthy();
  expect(screen.getByText("It goes on when you're back.")).toBeTruthy();
});

it('tells a new person how long a password must be', async () => {
  open('/sign-up');
  expect(await screen.findByText(/At least 12 characters/)).toBeTruthy();
});

it('says that a link without its token is incomplete', async () => {
  open('/verify');
  expect(await screen.findByRole('heading', { name: 'This link is incomplete' })).toBeTruthy();
});

it('offers a new link where a password is forgotten', async () => {
  open('/reset-password?token=t');
  expect(await screen.findByLabelText('New password')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Send me a new link' })).toBeTruthy();
});
