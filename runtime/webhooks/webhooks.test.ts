import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { testServer } from '../../test/support/database.ts';
import { urlOfDatabase } from '../../test/support/database-server.ts';
import { programArguments } from '../../test/support/programs.ts';
import { TestQueue } from '../../test/support/queue.ts';
import { completed, eventually } from '../../test/support/scheduler.ts';
import { type Received, type Receiver, startReceiver } from '../../test/support/webhook-receiver.ts';
import { readConfig } from '../config/index.ts';
import { type Ending, finishMany } from '../jobs/index.ts';
import { createLogger } from '../logging/index.ts';
import { loadSecretKey } from '../secrets/index.ts';
import { addWebhook, type SenderOptions, WebhookSender } from './index.ts';

const secretKey = Buffer.alloc(32, 7).toString('base64');
const env = { SEED_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1', SEED_SECRET_KEY: secretKey };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let api: TestApi;
let queue: TestQueue;
let receiver: Receiver;
const senders: WebhookSender[] = [];
withApi((started) => (api = started), env);
beforeAll(async () => {
  receiver = await startReceiver();
  queue = await new TestQueue(api.db).open(8);
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.stop()));
  await api.db.query('delete from webhook');
});
afterAll(() => receiver.close());

async function startSender(options: Partial<SenderOptions> = {}): Promise<void> {
  senders.push(
    new WebhookSender({
      db: api.db,
      secretKey: await loadSecretKey(readConfig({ SEED_HOME: api.home, ...env })),
      logger: createLogger('silent'),
      allowPrivate: ['127.0.0.1'],
      version: 'test',
      timeoutMs: 5000,
      delayOf: (attempts) => (attempts < 3 ? 0.01 : undefined),
      ...options,
    }),
  );
}

async function add(body: Record<string, unknown>): Promise<number> {
  const answer = await api.send('POST', 'webhooks/', {
    url: `${receiver.url}/`,
    secret,
    events: ['job.completed', 'job.failed', 'job.canceled'],
    ...body,
  });
  expect([answer.status, answer.body.toString()]).toEqual([201, expect.any(String)]);
  return answer.json.id;
}

/** Jobs that end, as a runtime would end them. */
async function endJobs(
  type: Awaited<ReturnType<TestQueue['type']>>,
  ...endings: Ending[]
): Promise<number[]> {
  const jobs = await queue.submit(type, ...endings.map(() => ({})));
  const executions = await queue.claim(jobs);
  const ends = executions.map((execution) => ({
    execution,
    ending: endings[jobs.indexOf(execution.jobId)]!,
  }));
  await api.db.transaction((tx) => finishMany(tx, ends));
  api.db.notify('jobs');
  return jobs;
}

const failed: Ending = {
  ...completed,
  status: 'FAILED',
  exitCode: 3,
  output: null,
  error: { name: 'algorithm', title: 'Algorithm', category: 'job', message: 'It failed.', code: 'SB2001' },
};

const deliveries = async (id: number) =>
  (await api.get(`webhooks/${id}/deliveries/`)).json.results as unknown as {
    state: string;
    attempts: number;
    next_attempt: string | null;
    message_id: string;
    log: { status: number | null; error: string | null; response: string | null }[];
  }[];
const over = (id: number, count = 1) =>
  eventually('the deliveries are over', async () => {
    const all = await deliveries(id);
    return all.length >= count && all.every(({ state }) => state !== 'PENDING');
  });

function verified({ headers, body }: Received): Record<string, unknown> {
  const key = Buffer.from(secret.slice(6), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  return JSON.parse(body) as Record<string, unknown>;
}

describe('webhooks', () => {
  it('are told once of what they want to hear, signed, by however many services', async () => {
    const [one, other] = [await queue.type('one'), await queue.type('other')];
    await endJobs(one, completed);
    const all = await add({ url: `${receiver.url}/all` });
    const some = await add({ url: `${receiver.url}/some`, events: ['job.failed'], job_type_names: ['one'] });
    await startSender();
    await startSender();
    const [good, bad] = await endJobs(one, completed, failed);
    await endJobs(other, failed);
    await over(all, 3);
    await over(some, 1);
    const told = receiver.at('/all').map(verified);
    expect(told.map(({ type }) => type).sort()).toEqual(['job.completed', 'job.failed', 'job.failed']);
    expect(told.find(({ subject }) => subject === `jobs/${good}`)).toEqual({
      specversion: '1.0',
      id: receiver.at('/all').find(({ body }) => body.includes(`jobs/${good}"`))!.headers['webhook-id'],
      source: `urn:seedbed:${api.db.installation}`,
      type: 'job.completed',
      subject: `jobs/${good}`,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      datacontenttype: 'application/json',
      data: {
        job_id: good,
        job_type: { id: one.jobTypeId, name: 'one', version: '1.0.0' },
        status: 'COMPLETED',
        job_exe_id: expect.any(Number),
        exe_num: 1,
        exit_code: 0,
        error: null,
      },
    });
    expect(receiver.at('/some').map((message) => verified(message).subject)).toEqual([`jobs/${bad}`]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
  });

  it('are tried again after a failure, an answer that does not come and a redirect, until they are given up', async () => {
    receiver.answers.set('/moody', (response, nth) => {
      if (nth === 1) response.writeHead(500).end('not \0 today');
      else if (nth === 2) response.writeHead(302, { Location: `${receiver.url}/elsewhere` }).end();
      else response.writeHead(200).end('x'.repeat(100_000));
    });
    receiver.answers.set('/deaf', () => undefined);
    const [moody, deaf] = [
      await add({ url: `${receiver.url}/moody` }),
      await add({ url: `${receiver.url}/deaf` }),
    ];
    await startSender({ timeoutMs: 300 });
    expect((await api.send('POST', `webhooks/${moody}/test/`)).status).toBe(202);
    await api.send('POST', `webhooks/${deaf}/test/`);
    await over(moody);
    await over(deaf);
    const [delivered] = await deliveries(moody);
    expect(delivered).toMatchObject({ state: 'DELIVERED', attempts: 3, next_attempt: null });
    expect(delivered!.log.map(({ status }) => status)).toEqual([500, 302, 200]);
    expect(delivered!.log[0]).toMatchObject({
      error: expect.stringContaining('500'),
      response: 'not \uFFFD today',
    });
    expect(delivered!.log[2]!.response).toHaveLength(500);
    expect(receiver.at('/moody').map(({ headers }) => headers['webhook-id'])).toEqual(
      Array.from({ length: 3 }, () => delivered!.message_id),
    );
    expect(receiver.at('/elsewhere')).toEqual([]);
    const [dead] = await deliveries(deaf);
    expect(dead).toMatchObject({ state: 'DEAD', attempts: 3 });
    expect(dead!.log[0]).toMatchObject({ status: null, error: expect.stringContaining('0.3 seconds') });
  });

  it('are told while another one hangs that has much to be told, four at once', async () => {
    const type = await queue.type('crowded');
    const deaf: (() => void)[] = [];
    receiver.answers.set('/crowded', (response) => deaf.push(() => response.writeHead(204).end()));
    const hanging = await add({ url: `${receiver.url}/crowded` });
    await startSender();
    await endJobs(type, ...Array<Ending>(8).fill(completed));
    await eventually('it hangs', () => deaf.length === 4);
    const other = await add({ url: `${receiver.url}/beside` });
    await api.send('POST', `webhooks/${other}/test/`);
    await over(other);
    expect(deaf).toHaveLength(4);
    receiver.answers.delete('/crowded');
    for (const answer of deaf) answer();
    await over(hanging, 8);
  });

  it('call no private address, under whatever name', async () => {
    for (const url of [
      'http://10.0.0.1/',
      'http://[::1]:80/',
      'http://0x7f000002/',
      'http://jane@a.example/',
      'ftp://x/',
    ])
      expect([
        url,
        (await api.send('POST', 'webhooks/', { url, secret, events: ['job.failed'] })).status,
      ]).toEqual([url, 400]);
    const key = await loadSecretKey(readConfig({ SEED_HOME: api.home, ...env }));
    const url = receiver.url.replace('127.0.0.1', 'localhost');
    const id = await addWebhook(
      api.db,
      key,
      { url: `${url}/inside`, secret, events: ['job.failed'] },
      'jane',
    );
    await startSender({ allowPrivate: [], delayOf: () => undefined });
    await api.send('POST', `webhooks/${id}/test/`);
    await over(id);
    const [dead] = await deliveries(id);
    expect(dead!.log[0]).toMatchObject({
      status: null,
      error: expect.stringContaining('is not a public one'),
    });
    expect(receiver.at('/inside')).toEqual([]);
  });

  it('are told again, under the same id, when the service is killed before it has written that down', async () => {
    const type = await queue.type('killed');
    const id = await add({ url: `${receiver.url}/killed` });
    let answer: (() => void) | undefined;
    receiver.answers.set('/killed', (response, nth) => {
      if (nth === 1) answer = () => response.writeHead(204).end();
      else response.writeHead(204).end();
    });
    const [row] = await api.db.query<{ name: string }>('select current_database() as name');
    const child = spawn(process.execPath, programArguments('support/webhook-process'), {
      env: {
        ...process.env,
        ...env,
        NODE_OPTIONS: '',
        SEED_HOME: api.home,
        DATABASE_URL: urlOfDatabase(testServer(), row!.name),
        SEED_TEST_TIMEOUT_MS: '1000',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(child, 'close');
    const [job] = await endJobs(type, completed);
    await eventually('it is sent', () => answer !== undefined);
    child.kill('SIGKILL');
    await ended;
    answer!();
    expect((await deliveries(id)).map(({ state, attempts }) => [state, attempts])).toEqual([['PENDING', 0]]);
    await startSender();
    await over(id);
    const ids = receiver.at('/killed').map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(verified(receiver.at('/killed')[1]!).subject).toBe(`jobs/${job}`);
  });

  it('never show their secret, can be changed, and are told nothing of what ended while they were not active', async () => {
    const type = await queue.type('changed');
    const id = await add({ url: `${receiver.url}/before`, description: 'of jane' });
    const shown = await api.get(`webhooks/${id}/`);
    expect(shown.json).toMatchObject({ id, description: 'of jane', is_active: true, job_type_ids: [] });
    expect(shown.json).not.toHaveProperty('secret');
    const patched = await api.send('PATCH', `webhooks/${id}/`, { is_active: false, description: null });
    expect(patched.json).toMatchObject({
      is_active: false,
      description: null,
      url: `${receiver.url}/before`,
    });
    await startSender();
    await endJobs(type, completed);
    await api.send('PATCH', `webhooks/${id}/`, { is_active: true, url: `${receiver.url}/after` });
    const [job] = await endJobs(type, completed);
    await over(id);
    expect(receiver.at('/after').map((message) => verified(message).subject)).toEqual([`jobs/${job}`]);
    expect(receiver.at('/before')).toEqual([]);
    for (const body of [{ secret: 'short' }, { events: ['job.started'] }, { events: [] }, { unknown: 1 }]) {
      const refused = await api.send('PATCH', `webhooks/${id}/`, body);
      expect([refused.status, refused.headers['content-type']]).toEqual([
        400,
        'application/problem+json; charset=utf-8',
      ]);
    }
    const stored = await api.db.query('select s::text, w::text from secret s, webhook w');
    expect(JSON.stringify(stored)).not.toContain('MfKQ9r8G');
    expect((await api.send('DELETE', `webhooks/${id}/`)).status).toBe(204);
    expect((await api.get(`webhooks/${id}/deliveries/`)).status).toBe(404);
    expect(
      await api.db.query("select from secret where owner_kind = 'webhook' and owner_id = $1", [id]),
    ).toEqual([]);
  });
});
