import { scryptSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi, withApi } from '../../test/support/api.ts';
import { until } from '../../test/support/cli-files.ts';
import type { HttpAnswer } from '../../test/support/http.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

let api: TestApi;
/** Another service on the same database. */
let other: TestApi;
withApi((started) => (api = started), { SEED_PULL: 'never', SEED_TRUSTED_PROXIES: '127.0.0.0/8' });
beforeAll(async () => {
  other = await startApi(api.db);
});
afterAll(() => other.close());

const as = (token: string) => ({ Authorization: `Bearer ${token}` });
const logIn = (username: string, password: string, headers: Record<string, string> = {}) =>
  api.send('POST', '/api-token-auth/', { username, password }, { Authorization: '', ...headers });
const tokenOf = ({ json }: HttpAnswer) => String(json.token);
const addUser = async (body: object): Promise<number> => {
  const answer = await api.send('POST', 'accounts/users/', body);
  expect([answer.status, answer.body.toString()]).toEqual([201, expect.any(String)]);
  return answer.json.id;
};

/** As `addUser`, with a password whose hash is quick to make, as one that was made with other parameters. */
const addQuickly = async ({
  password,
  ...body
}: {
  readonly password: string;
  readonly [member: string]: unknown;
}) => {
  const id = await addUser(body);
  const salt = Buffer.from('salt');
  const hash = scryptSync(password, salt, 32, { N: 2 ** 10 });
  await api.db.execute('update users set password = $2 where id = $1', [
    id,
    ['scrypt', 10, 8, 1, salt.toString('base64url'), hash.toString('base64url')].join('$'),
  ]);
  return id;
};

describe('users', () => {
  it('log in as on Scale, see themselves, and change no more than that', async () => {
    const password = 'a long enough one';
    const id = await addUser({ username: 'jane', password, email: 'jane@example.org' });
    expect((await api.send('POST', 'accounts/users/', { username: 'Jane', password })).json.code).toBe(
      'SB1153',
    );
    expect((await api.send('POST', 'accounts/users/', { username: 'admin-token' })).json.code).toBe('SB1153');
    const form = await api.send(
      'POST',
      '/api/api-token-auth',
      `username=jane&password=${encodeURIComponent(password)}`,
      {
        Authorization: '',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    );
    expect([form.status, Object.keys(form.json)]).toEqual([200, ['token']]);
    const jane = as(tokenOf(await logIn('JANE', password)));
    const profile = await api.get('accounts/profile/', jane);
    expect(profile.json).toEqual({
      id,
      username: 'jane',
      email: 'jane@example.org',
      first_name: '',
      last_name: '',
      is_staff: false,
      is_superuser: false,
      is_active: true,
      role: 'viewer',
      has_password: true,
      last_login: expect.any(String),
      date_joined: expect.any(String),
    });
    const self = `accounts/users/${id}/`;
    expect((await api.get(self, jane)).json).toEqual(profile.json);
    const someone = await addUser({ username: 'someone' });
    expect((await api.get(`accounts/users/${someone}/`, jane)).status).toBe(404);
    for (const change of [{ role: 'admin' }, { is_staff: true }, { username: 'root' }, { is_active: false }])
      expect((await api.send('PATCH', self, change, jane)).json.code).toBe('SB1150');
    const changed = await api.send('PUT', self, { username: 'jane', first_name: 'Jane' }, jane);
    expect([changed.status, changed.json.first_name, changed.json.email]).toEqual([
      200,
      'Jane',
      'jane@example.org',
    ]);
    expect((await api.send('PATCH', self, { is_staff: true, role: 'viewer' })).status).toBe(400);
    expect((await api.send('PATCH', self, { password: 'short' })).json.detail).not.toContain('short');
    expect((await api.get('accounts/profile/')).json).toMatchObject({
      id: 0,
      username: 'admin-token',
      is_staff: true,
    });
  });

  it('lose at every service what is taken from them', async () => {
    const id = await addQuickly({ username: 'ann', password: 'correct horse', is_staff: true });
    const ann = as(tokenOf(await logIn('ann', 'correct horse')));
    const status = async (path: string) => (await other.get(path, ann)).status;
    expect(await status('accounts/users/')).toBe(200);
    await api.send('PATCH', `accounts/users/${id}/`, { is_staff: false });
    await until('a viewer', async () => (await status('accounts/users/')) === 403 || undefined);
    expect(await status('jobs/')).toBe(200);
    await api.send('PATCH', `accounts/users/${id}/`, { is_active: false });
    await until('nobody', async () => (await status('jobs/')) === 401 || undefined);
    expect((await logIn('ann', 'correct horse')).status).toBe(400);
    await api.send('PATCH', `accounts/users/${id}/`, { is_active: true });
    expect(await status('jobs/')).toBe(200);
    await api.send('PATCH', `accounts/users/${id}/`, { password: 'battery staple' });
    await until('nobody', async () => (await status('jobs/')) === 401 || undefined);
    const again = as(tokenOf(await logIn('ann', 'battery staple')));
    expect((await api.send('DELETE', `accounts/users/${id}/`, undefined, again)).status).toBe(204);
    expect((await api.get('jobs/', again)).status).toBe(401);
    expect((await api.get(`accounts/users/${id}/`)).status).toBe(404);
  });
});

describe('tokens', () => {
  it('are shown once, never may more than whoever made them, and are revoked everywhere', async () => {
    const id = await addUser({ username: 'olga', role: 'operator' });
    const make = (body: object, headers?: Record<string, string>) =>
      api.send('POST', 'accounts/tokens/', { name: 'script', ...body }, headers);
    expect((await make({})).status).toBe(400);
    expect((await make({ user_id: 999_999 })).status).toBe(404);
    expect((await make({ user_id: id, role: 'admin' })).status).toBe(400);
    expect((await make({ user_id: id, expires: '2001-01-01T00:00:00Z' })).status).toBe(400);
    const made = await make({ user_id: id });
    expect([made.status, made.json.role, tokenOf(made)]).toEqual([
      201,
      'operator',
      expect.stringMatching(/^seedbed_[\w-]{43}$/),
    ]);
    const olga = as(tokenOf(made));
    const reader = await make({ role: 'viewer' }, olga);
    expect(reader.json).toMatchObject({ role: 'viewer', user_id: id });
    const viewer = as(tokenOf(reader));
    expect((await make({ role: 'operator' }, viewer)).status).toBe(400);
    // A token that may less than its user could else set a password, and log in with it.
    expect(
      (await api.send('PATCH', `accounts/users/${id}/`, { password: 'x'.repeat(9) }, viewer)).status,
    ).toBe(403);
    expect((await api.send('POST', 'jobs/', {}, viewer)).json.code).toBe('SB1150');
    const list = await api.get('accounts/tokens/', olga);
    expect(list.json.results.map((row) => [row.id, row.last_used !== null])).toEqual([
      [reader.json.id, true],
      [made.json.id, true],
    ]);
    expect(list.body.toString()).not.toMatch(/seedbed_|digest/);
    const [row] = await api.db.query<{ text: string }>(
      'select api_token::text as text from api_token limit 1',
    );
    expect(row!.text).not.toContain(tokenOf(made));
    const stranger = as(tokenOf(await make({ user_id: await addUser({ username: 'stranger' }) })));
    expect((await api.send('DELETE', `accounts/tokens/${made.json.id}/`, undefined, stranger)).status).toBe(
      404,
    );
    expect((await other.get('jobs/', viewer)).status).toBe(200);
    expect((await api.send('DELETE', `accounts/tokens/${reader.json.id}/`, undefined, olga)).status).toBe(
      204,
    );
    expect((await api.get('jobs/', viewer)).status).toBe(401);
    await until(
      'the other service to know',
      async () => (await other.get('jobs/', viewer)).status === 401 || undefined,
    );
    expect((await api.get(`accounts/tokens/${reader.json.id}/`)).json.revoked).not.toBeNull();
    await api.db.execute('update api_token set expires = now() where id = $1', [made.json.id]);
    expect((await startedAnew('jobs/', olga)).status).toBe(401);
  });

  /** As a service answers that has not seen the token yet. */
  async function startedAnew(path: string, headers: Record<string, string>): Promise<HttpAnswer> {
    const fresh = await startApi(api.db);
    return fresh.get(path, headers).finally(fresh.close);
  }
});

describe('logins', () => {
  const failures = (name: string, count: number, address = '192.0.2.1') =>
    api.db.execute(
      `insert into login_attempt (name_digest, address, outcome)
       select sha256(convert_to($1, 'UTF8')), $3, 'failed' from generate_series(1, $2::integer)`,
      [name, count, address],
    );
  const from = (address: string) => ({ 'X-Forwarded-For': address });

  it('that fail look alike, and end after some for a name and for an address', async () => {
    await addQuickly({ username: 'lena', password: 'rightrightright' });
    const [wrong, unknown] = [await logIn('lena', 'wrong'), await logIn('nobody-here', 'wrong')];
    expect([wrong.status, unknown.status]).toEqual([400, 400]);
    expect(wrong.body.toString()).toBe(unknown.body.toString());
    expect(wrong.json.non_field_errors).toHaveLength(1);
    await failures('lena', 8);
    // One has failed above: of those that come at once, only one more is judged.
    const burst = await Promise.all(Array.from({ length: 4 }, () => logIn('lena', 'wrong')));
    const judged = burst.filter(({ status }) => status === 400).length;
    expect(judged).toBe(1);
    const limited = await logIn('Lena', 'rightrightright');
    expect([limited.status, limited.json.code]).toEqual([429, 'SB1152']);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(800);
    await failures('nobody-at-all', 10);
    expect((await logIn('nobody-at-all', 'x')).status).toBe(429);
    await failures('various', 50, '2001:db8:1:2::/64');
    expect((await logIn('stranger', 'x', from('2001:db8:1:2:3::4'))).status).toBe(429);
    expect((await logIn('stranger', 'x', from('2001:db8:1:3::4'))).status).toBe(400);
  });

  it('that succeed forgive what was mistyped', async () => {
    await addQuickly({ username: 'typo', password: 'rightrightright' });
    await failures('typo', 9, '127.0.0.1');
    for (const password of ['rightrightright', 'wrong', 'rightrightright'])
      expect((await logIn('typo', password)).status).toBe(password === 'wrong' ? 400 : 200);
  });
});

describe('the audit trail', () => {
  it('says who did what, and what was not allowed, without what was sent', async () => {
    const id = await addQuickly({ username: 'otto', password: 'secretsecret', role: 'operator' });
    const login = await logIn('otto', 'secretsecret', { 'X-Forwarded-For': '198.51.100.7' });
    const otto = as(tokenOf(login));
    await logIn('otto', 'not-the-secret');
    const type = { docker_image: 'image:1', manifest: manifestDocument({ name: 'ottos' }) };
    expect((await api.send('POST', 'job-types/', type, otto)).status).toBe(201);
    const job = await api.send(
      'POST',
      'jobs/',
      { job_type: { name: 'ottos', version: '1.0.0' }, input: {} },
      otto,
    );
    expect(job.status).toBe(201);
    expect((await api.send('PATCH', 'scheduler/', { is_paused: true }, otto)).status).toBe(403);
    expect((await api.get('audit/', otto)).status).toBe(403);
    const [made] = await api.db.query(
      `select j.created_by as job, t.created_by as type, e.actor as event from job j join job_type t on t.id = j.job_type_id
       join event e on e.entity = 'job' and e.entity_id = j.id where j.id = $1`,
      [job.json.id],
    );
    expect(made).toEqual({ job: 'otto', type: 'otto', event: 'otto' });

    const audit = await api.get('audit/?actor=otto');
    expect(audit.json.results.map(({ action, entity_id, outcome }) => [action, entity_id, outcome])).toEqual([
      ['GET /audit', null, 403],
      ['PATCH /scheduler', null, 403],
      ['POST /jobs', `${job.json.id}`, 201],
      ['POST /job-types', expect.any(String), 201],
      ['POST /api-token-auth', null, 200],
    ]);
    expect(audit.json.results.at(-1)).toMatchObject({
      address: '198.51.100.7',
      user_id: id,
      request_id: login.headers['x-request-id'],
    });
    const failed = await api.get('audit/?action=POST%20/api-token-auth&outcome=400&page_size=1');
    expect(failed.json.results[0]).toMatchObject({
      actor: 'nobody',
      role: null,
      data: { members: ['username', 'password'] },
    });
    const long = `job-types/${'a'.repeat(199)}%F0%9F%98%80/1.0.0/`;
    expect((await api.send('PATCH', long, { is_paused: true }, otto)).status).toBe(404);
    const cut = await api.get('audit/?actor=otto&page_size=1');
    expect(cut.json.results[0]).toMatchObject({ outcome: 404, entity_id: `${'a'.repeat(199)}\ufffd` });
    const added = await api.get(`audit/?entity=users&entity_id=${id}&started=PT1H`);
    expect(added.json.results[0]).toMatchObject({ actor: 'admin-token', data: { role: 'operator' } });
    expect((await api.get('audit/')).body.toString()).not.toMatch(/secretsecret|not-the-secret/);
  });
});

describe('projects', () => {
  it('are made, changed, and removed where nothing stands under them', async () => {
    const made = await api.send('POST', 'projects/', { name: 'coast', title: 'Coast' });
    expect([made.status, made.headers.location]).toEqual([201, `/v6/projects/${made.json.id}/`]);
    expect((await api.send('POST', 'projects/', { name: 'coast' })).json.code).toBe('SB1153');
    const one = `projects/${made.json.id}/`;
    expect((await api.send('PATCH', one, { description: 'Of it' })).json).toMatchObject({
      title: 'Coast',
      description: 'Of it',
    });
    expect((await api.get('projects/')).json.results.map(({ name }) => name)).toEqual(['default', 'coast']);
    await api.db.execute(`insert into workspace (project_id, name, json_config) values ($1, 'w', '{}')`, [
      made.json.id,
    ]);
    expect((await api.send('DELETE', one)).json.code).toBe('SB1154');
    await api.db.execute(`delete from workspace where name = 'w'`);
    expect([(await api.send('DELETE', one)).status, (await api.get(one)).status]).toEqual([204, 404]);
    expect((await api.send('DELETE', 'projects/1/')).status).toBe(409);
  });
});
