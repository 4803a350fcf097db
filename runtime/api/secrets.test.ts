import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import pino from 'pino';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { call } from '../../test/support/http.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

let log = '';
const stream = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    log += chunk.toString();
    done();
  },
});
let api: TestApi;
withApi((started) => (api = started), { SEED_PULL: 'never' }, { logger: pino({ level: 'trace' }, stream) });

const planted = {
  password: 'planted-password-1',
  nextPassword: 'planted-password-2',
  wrongPassword: 'planted-password-3',
  longPassword: `planted-password-4-${'x'.repeat(1100)}`,
  setting: 'planted-setting-1',
  jobSetting: 'planted-setting-2',
  wrongToken: 'planted-token-1',
};

it('no secret is in any answer, in the log, or readable in the database', async () => {
  const answers: string[] = [];
  /** Answers that show a token on purpose, once. */
  const shown: string[] = [];
  const ask = async (
    method: string,
    path: string,
    body?: object | string,
    headers?: Record<string, string>,
  ) => {
    const answer = await api.send(method, path, body, headers);
    const text = `${JSON.stringify(answer.headers)}${answer.body.toString()}`;
    if (answer.status < 300 && answer.json.token !== undefined) shown.push(String(answer.json.token));
    else answers.push(text);
    return answer;
  };
  const post = (path: string, body: object | string, headers?: Record<string, string>) =>
    ask('POST', path, body, headers);

  const { json: user } = await post('accounts/users/', {
    username: 'pat',
    password: planted.password,
    role: 'operator',
  });
  await post('accounts/users/', { username: 'p', password: planted.longPassword });
  await post('accounts/users/', { username: 'p', password: [planted.wrongPassword] });
  await post('accounts/users/', `{"username": "p", "password": "${planted.wrongPassword}", }`, {
    'Content-Type': 'application/json',
  });
  await post('/api-token-auth/', { username: 'pat', password: planted.password });
  await post('/api-token-auth/', { username: 'pat', password: planted.wrongPassword });
  await post('/api-token-auth/', { username: planted.wrongPassword, password: planted.wrongPassword });
  await post('accounts/tokens/', { name: 'x', user_id: user.id });
  await ask('PATCH', `accounts/users/${user.id}/`, { password: planted.nextPassword });
  await ask('GET', 'jobs/', undefined, { Authorization: `Token ${planted.wrongToken}` });
  await ask('GET', 'jobs/', undefined, { Authorization: `Basic ${planted.wrongToken}` });
  await post('job-types/', {
    docker_image: 'image:1',
    manifest: manifestDocument({
      name: 'secretive',
      interface: { settings: [{ name: 'PASSWORD', secret: true }] },
    }),
    configuration: { settings: { PASSWORD: planted.setting } },
  });
  await post('jobs/', {
    job_type: { name: 'secretive', version: '1.0.0' },
    input: {},
    configuration: { settings: { PASSWORD: planted.jobSetting } },
  });
  // What is the service's own fault is logged with all that is known of it.
  await api.db.execute('alter table api_token rename to api_token_away');
  const token = shown.at(-1)!;
  expect((await ask('GET', 'jobs/', undefined, { Authorization: `Token ${token}` })).status).toBe(500);
  await post('accounts/tokens/', { name: 'x', user_id: user.id });
  await ask('PATCH', `accounts/users/${user.id}/`, { password: planted.nextPassword });
  await post('/api-token-auth/', { username: 'pat', password: planted.nextPassword });
  await api.db.execute('alter table api_token_away rename to api_token');
  for (const path of [
    'jobs/',
    'jobs/1/',
    'job-types/',
    'job-types/secretive/1.0.0/',
    'accounts/users/',
    'audit/',
  ])
    await ask('GET', path);
  for (const path of ['accounts/tokens/', 'accounts/profile/', 'status/', 'scheduler/', 'nodes/'])
    await ask('GET', path);
  answers.push((await call(api.port, 'GET', '/livez')).body.toString());

  expect(shown.length).toBeGreaterThanOrEqual(2);
  expect(log).toContain('api_token');
  const secrets = [...Object.values(planted), ...shown, api.token, 'scrypt$'];
  const tables = await api.db.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  );
  const rows = [];
  for (const { name } of tables)
    rows.push(...(await api.db.query<{ text: string }>(`select t::text as text from ${name} t`)));
  const stored = rows.map(({ text }) => text).join('\n');
  for (const secret of secrets) {
    expect([secret, answers.filter((text) => text.includes(secret))]).toEqual([secret, []]);
    expect([secret, log.split('\n').filter((line) => line.includes(secret))]).toEqual([secret, []]);
    expect([secret, secret !== 'scrypt$' && stored.includes(secret)]).toEqual([secret, false]);
  }
});
