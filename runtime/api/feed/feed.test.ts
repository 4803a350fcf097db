import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { type TestApi, withApi } from '../../../test/support/api.ts';
import { until } from '../../../test/support/cli-files.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { TestRecipes } from '../../../test/support/recipes.ts';
import { completed, eventually } from '../../../test/support/scheduler.ts';
import { type EventStream, openEvents, type ServerSentEvent } from '../../../test/support/sse.ts';
import { finishMany, recordEvent, submitMany } from '../../jobs/index.ts';

let api: TestApi;
let queue: TestQueue;
const lines: string[] = [];
withApi(
  (started) => (api = started),
  {},
  {
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
  },
);
beforeAll(async () => {
  queue = await new TestQueue(api.db).open();
});

/** More than the sockets of both sides hold. */
const count = 8000;

const streams: EventStream[] = [];
afterEach(() => streams.splice(0).forEach((stream) => stream.leave()));

interface Stream {
  readonly events: ServerSentEvent[];
  readonly changes: () => [number, string, string][];
  readonly lastId: () => string;
  /** Whether it has ended, or was cut. */
  readonly isOver: () => boolean;
}

/** Follows, and collects what comes. */
async function follow(query: string, from?: string): Promise<Stream> {
  const stream = await openEvents(api.port, `/v6/events/?${query}`, {
    Authorization: `Token ${api.token}`,
    ...(from !== undefined && { 'Last-Event-ID': from }),
  });
  expect(stream.status).toBe(200);
  streams.push(stream);
  const events: ServerSentEvent[] = [];
  let isOver = false;
  void (async () => {
    for await (const event of stream.events) events.push(event);
  })()
    .catch(() => undefined)
    .finally(() => (isOver = true));
  await until('the stream to begin', async () => events.find(({ event }) => event === 'ready'));
  return {
    events,
    isOver: () => isOver,
    lastId: () => events.findLast(({ id }) => id !== undefined)!.id!,
    changes: () =>
      events
        .filter(({ event }) => event === 'job')
        .map(({ data }) => JSON.parse(data) as { job_id: number; kind: string; status: string })
        .map(({ job_id, kind, status }) => [job_id, kind, status]),
  };
}

describe('the stream of changes', () => {
  it('tells of jobs and of the queue, as it is filtered, and goes on where it was left', async () => {
    const [one, other] = [await queue.type('one'), await queue.type('other')];
    const all = await follow('');
    const ofOther = await follow('job_type_name=other&status=RUNNING&status=COMPLETED&queue=false');
    const [a] = await queue.submit(one, {});
    const [b] = await queue.submit(other, {});
    api.db.notify('queue');
    const ofA = await follow(`job_id=${a}`);
    const executions = await queue.claim([a!, b!]);
    await api.db.transaction((tx) =>
      finishMany(
        tx,
        executions.map((execution) => ({ execution, ending: completed })),
      ),
    );
    api.db.notify('jobs');
    await eventually('all is told', () => all.changes().length === 6 && ofOther.changes().length === 2);
    expect(all.changes().slice(0, 2)).toEqual([
      [a, 'queued', 'QUEUED'],
      [b, 'queued', 'QUEUED'],
    ]);
    expect(all.changes().filter(([job]) => job === b)).toEqual([
      [b, 'queued', 'QUEUED'],
      ...ofOther.changes(),
    ]);
    expect(ofOther.changes()).toEqual([
      [b, 'started', 'RUNNING'],
      [b, 'completed', 'COMPLETED'],
    ]);
    expect(ofOther.events.map(({ event }) => event)).not.toContain('queue');
    await eventually('the job is told', () => ofA.changes().some(([, kind]) => kind === 'completed'));
    await eventually('the queue is told', () => {
      const told = all.events.filter(({ event }) => event === 'queue').map(({ data }) => data);
      return told.at(-1) === JSON.stringify({ pending: 0, blocked: 0, queued: 0, running: 0 });
    });
    expect(JSON.parse(all.events.find(({ event }) => event === 'job')!.data)).toEqual({
      job_id: a,
      status: 'QUEUED',
      kind: 'queued',
      job_type: { id: one.jobTypeId, name: 'one', version: '1.0.0' },
      exe_num: null,
      at: expect.stringMatching(/Z$/),
    });

    const third = all.events.filter(({ event }) => event === 'job')[2]!.id;
    const again = await follow('', third);
    await eventually('the rest is told again', () => again.changes().length === 3);
    expect(again.changes()).toEqual(all.changes().slice(3));
    streams.splice(0).forEach((stream) => stream.leave());
    const later = await follow('', third); // nobody follows: it is read
    await eventually('the rest is told once more', () => later.changes().length === 3);
    expect(later.changes()).toEqual(all.changes().slice(3));
  });

  it('tells that recipes are completed, and of all that is inside one', async () => {
    const recipes = new TestRecipes(api.db);
    const type = await recipes.recipeType('told', {});
    const top = await recipes.recipe(type);
    const part = await recipes.recipe(type, { recipe_id: top, root_recipe_id: top });
    const ofOther = await follow('job_type_name=none&queue=false');
    const ofTop = await follow(`recipe_id=${top}&queue=false`);
    const ofPart = await follow(`recipe_id=${part}&queue=false`);
    const [other] = await queue.submit(await queue.type(), {});
    const inPart = await recipes.job(await recipes.jobType('inside'), part, 'n', 'QUEUED', {
      root_recipe_id: top,
    });
    for (const [entity, id, kind] of [
      ['recipe', part, 'created'],
      ['job', inPart, 'queued'],
      ['job', other, 'queued'],
      ['recipe', part, 'completed'],
      ['recipe', top, 'completed'],
    ] as const)
      await recordEvent(api.db, { entity, id: id!, kind, actor: 'jane' });
    api.db.notify('jobs');
    const told = ({ events }: Stream) =>
      events
        .filter(({ event }) => event !== 'ready')
        .map(({ event, data }) => ({ event, ...(JSON.parse(data) as object) }));
    await eventually('the recipe is told', () => told(ofTop).length === 3 && told(ofPart).length === 2);
    expect(told(ofTop)).toMatchObject([
      { event: 'job', job_id: inPart, recipe_id: part },
      {
        event: 'recipe',
        recipe_id: part,
        root_recipe_id: top,
        kind: 'completed',
        recipe_type: { name: 'told' },
      },
      { event: 'recipe', recipe_id: top, kind: 'completed' },
    ]);
    expect(told(ofPart)).toMatchObject([{ event: 'job' }, { event: 'recipe', recipe_id: part }]);
    expect(told(ofOther)).toEqual([]);
  });

  it('misses no event of a transaction that ends after a later one', async () => {
    const type = await queue.type();
    const stream = await follow('queue=false');
    let slow: number[] = [];
    let fast: number[] = [];
    await api.db.transaction(async (tx) => {
      slow = await submitMany(tx, [jobOf(type)]);
      fast = await queue.submit(type, {});
      api.db.notify('queue');
      await api.get('version/');
    });
    api.db.notify('queue');
    await eventually('both are told', () => stream.changes().length === 2);
    expect(stream.changes().map(([job]) => job)).toEqual([...slow, ...fast]);
  });

  it('reads the database no more often for many than for one', async () => {
    const type = await queue.type();
    const all = await Promise.all(Array.from({ length: 60 }, () => follow('queue=false')));
    const db = api.db as { query: TestApi['db']['query'] };
    const query = db.query;
    let reads = 0;
    db.query = ((sql: string, parameters: readonly unknown[]) => {
      if (sql.includes('from event')) reads += 1;
      return query(sql, parameters);
    }) as typeof query;
    for (let nth = 0; nth < 5; nth += 1) {
      await queue.submit(type, {});
      api.db.notify('queue');
      await eventually('all are told', () => all.every((one) => one.changes().length === nth + 1));
    }
    db.query = query;
    expect(reads).toBeGreaterThanOrEqual(5);
    expect(reads).toBeLessThan(60);
  });

  it('cuts who does not read, who then goes on without a gap', async () => {
    const type = await queue.type();
    const [job] = await queue.submit(type, {});
    const from = (await follow(`job_id=${job}&queue=false`)).lastId();
    const socket = connect(api.port, '127.0.0.1');
    const closed = once(socket, 'close');
    socket
      .on('error', () => undefined)
      .write(
        `GET /v6/events/?job_id=${job}&queue=false HTTP/1.1\r\nHost: localhost\r\n` +
          `Authorization: Token ${api.token}\r\nLast-Event-ID: ${from}\r\nX-Request-Id: slow\r\n\r\n`,
      );
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await eventually('it begins', () => text.includes('event: ready'));
    socket.pause();
    await api.db.query(
      `insert into event (entity, entity_id, kind, actor, attempt, data)
       select 'job', $1, 'started', 'jane', n, jsonb_build_object('error', jsonb_build_object('name', repeat('x', 4000)))
       from generate_series(1, $2::integer) n`,
      [job, count],
    );
    api.db.notify('jobs');
    await eventually('it is cut', () => lines.some((line) => line.includes('"request":"slow"')));
    socket.resume();
    await closed;
    const whole = text.slice(0, text.lastIndexOf('\n\n'));
    const numbers = [...whole.matchAll(/"exe_num":(\d+)/g)].map(([, number]) => Number(number));
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.length).toBeLessThan(count);
    let id = [...whole.matchAll(/^id: (.*)$/gm)].at(-1)![1]!;
    // On a busy machine it may be cut once more, and goes on once more.
    while (numbers.length < count) {
      const rest = await follow(`job_id=${job}&queue=false`, id);
      const left = count - numbers.length;
      await eventually('the rest is told', () => rest.isOver() || rest.events.length > left);
      numbers.push(...rest.events.filter(({ event }) => event === 'job').map(({ data }) => exeNum(data)));
      id = rest.lastId();
    }
    expect(numbers).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  }, 40_000);

  it('refuses ids that are none, and ends with the service', async () => {
    for (const id of ['x', '1', '1,2,3', '-1,0', `${2n ** 64n},1`]) {
      const answer = await api.get('events/', { 'Last-Event-ID': id });
      expect([id, answer.status]).toEqual([id, 400]);
    }
    await follow('', '18446744073709551615,1');
    const stream = streams.at(-1)!;
    const closing = api.api.close();
    for await (const event of stream.events) expect(event.event).toMatch(/ready|queue/);
    await closing;
  });
});

const exeNum = (data: string) => (JSON.parse(data) as { exe_num: number }).exe_num;

function jobOf(type: { readonly jobTypeId: number; readonly revisionId: number }) {
  return { type, timeout: 60, files: {}, json: {}, configuration: {}, maxTries: 1, actor: 'jane' };
}
