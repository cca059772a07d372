import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meShow, meUpdate, type SignedIn } from '@/client';
import { answersInTurn, done, ok, pathOf, refused } from '@/testing/answers';
import { me } from '@/testing/samples';
import { currentSession, forgetSession, openSession, signIn, signOut, updateAccount } from '.';
import { isProblem, type ApiProblem } from './problem';

let api: ReturnType<typeof answersInTurn>;

const signedIn = (token: string): SignedIn => ({ access_token: token, expires_in_seconds: 900, token_type: 'Bearer', account: me() });
const asked = () => api.asked.map((request) => `${pathOf(request)} ${request.headers.get('authorization') ?? '-'}`);
const problemOf = async (work: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  if (!isProblem(error)) throw new Error(`no problem, but ${String(error)}`);
  return error;
};

beforeEach(() => { api = answersInTurn(); });
afterEach(() => { forgetSession(); });

describe('a session', () => {
  it('is not asked for where nobody signed in', async () => {
    expect(await openSession()).toBeUndefined();
    expect(asked()).toEqual([]);
  });

  it('begins with a sign-in, and its token goes with every request', async () => {
    api.answer(ok(signedIn('one')), ok(me()));
    await signIn('ana@demo.test', 'secret');
    expect(currentSession()?.account.display_name).toBe('Ana');
    await meShow();
    expect(asked()).toEqual(['/v1/auth/sessions -', '/v1/me Bearer one']);
  });

  it('is renewed once when its token is refused, and the request goes out again', async () => {
    api.answer(ok(signedIn('one')), refused(401, 'accounts.token_expired'), ok(signedIn('two')), ok(me()));
    await signIn('ana@demo.test', 'secret');
    await meShow();
    expect(asked().slice(1)).toEqual(['/v1/me Bearer one', '/v1/auth/sessions/refresh -', '/v1/me Bearer two']);
  });

  it('is over when it cannot be renewed', async () => {
    api.answer(ok(signedIn('one')), refused(401, 'accounts.token_expired'), refused(401, 'accounts.session_ended'));
    await signIn('ana@demo.test', 'secret');
    expect((await problemOf(meShow())).status).toBe(401);
    expect(currentSession()).toBeUndefined();
  });

  it('ends with a sign-out', async () => {
    api.answer(ok(signedIn('one')), done());
    await signIn('ana@demo.test', 'secret');
    await signOut();
    expect(currentSession()).toBeUndefined();
  });

  it('shows a change of the account at once', async () => {
    api.answer(ok(signedIn('one')));
    await signIn('ana@demo.test', 'secret');
    updateAccount(me({ display_name: 'Ana B.' }));
    expect(currentSession()?.account.display_name).toBe('Ana B.');
  });
});

describe('a refusal', () => {
  it('names the fields, what to do and when to come back', async () => {
    api.answer(refused(429, 'accounts.refused', {
      detail: 'Too often', what_to_do: 'Wait a minute.', field: 'display_name', errors: [{ field: 'locale', code: 'bad', detail: 'Unknown.' }], request_id: 'req_1',
    }, { 'retry-after': '60' }));
    const problem = await problemOf(meUpdate({ body: { display_name: 'Ana' } }));
    expect(problem).toMatchObject({ code: 'accounts.refused', message: 'Too often.', whatToDo: 'Wait a minute.', requestId: 'req_1', retryAfterSeconds: 60, passes: true });
    expect(problem.fields).toEqual({ display_name: 'Too often.', locale: 'Unknown.' });
  });

  it('is said in words when the answer is no problem document', async () => {
    api.answer(new Response('Bad gateway', { status: 502, headers: { 'x-request-id': 'req_2' } }));
    expect(await problemOf(meShow())).toMatchObject({ code: 'http_502', message: 'The service could not answer.', requestId: 'req_2' });
  });

  it('tells a lost line from a refusal', async () => {
    expect(await problemOf(meShow())).toMatchObject({ status: 0, code: 'connection_lost', passes: true });
  });
});
