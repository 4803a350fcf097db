import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { openEvents, type ServerSentEvent } from '../../test/support/sse.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

let api: TestApi;
withApi((started) => (api = started));

let jobId: number;
beforeAll(async () => {
  const type = await api.send('POST', 'job-types/', { docker_image: 'x:1', manifest: manifestDocument() });
  jobId = (await api.send('POST', 'jobs/', { job_type_id: type.json.id, input: {} })).json.id;
});

let exeNum = 0;
/** An execution that runs, as a runtime would have claimed it. */
async function running(): Promise<number> {
  const [row] = await api.db.query<{ id: number }>(
    `insert into job_exe (job_id, exe_num, status, runtime, node, queued, job_type_id)
     select id, $2, 'RUNNING', 'r', 'here', now(), job_type_id from job where id = $1 returning id`,
    [jobId, ++exeNum],
  );
  return row!.id;
}

const over = (id: number) =>
  api.db.query(`update job_exe set status = 'COMPLETED', ended = now() where id = $1`, [id]);

async function written(
  id: number,
  chunks: readonly (readonly ['stdout' | 'stderr', string])[],
): Promise<void> {
  const writer = api.logs.writer(id, { resume: false });
  for (const [stream, text] of chunks) await writer.write({ stream, data: Buffer.from(text) });
  await writer.end();
}

describe('the log of an execution', () => {
  const chunks = [
    ['stdout', 'one\ntw'],
    ['stderr', 'bad <b>&"\n'],
    ['stdout', 'o\nthree'],
  ] as const;

  it("comes as Scale's entries, as lines and as a page", async () => {
    const id = await running();
    await written(id, chunks);
    const json = await api.get(`job-executions/${id}/logs/combined/`);
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    const entries = json.json as unknown as { message: string; stream: string; scale_order_num: number }[];
    expect(entries.map(({ message, stream }) => [stream, message])).toEqual([
      ['stdout', 'one'],
      ['stderr', 'bad <b>&"'],
      ['stdout', 'two'],
      ['stdout', 'three'],
    ]);
    expect(entries.map((entry) => entry.scale_order_num)).toEqual([1, 2, 3, 4]);
    const text = await api.get(`job-executions/${id}/logs/stdout/?format=txt`);
    expect([text.headers['content-type'], text.body.toString()]).toEqual([
      'text/plain; charset=utf-8',
      'one\ntwo\nthree\n',
    ]);
    const page = await api.get(`job-executions/${id}/logs/stderr/`, { Accept: 'text/html,*/*;q=0.1' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body.toString()).toContain('<div class="stderr">bad &lt;b&gt;&amp;&quot;</div>');
    expect(
      (await api.get(`job-executions/${id}/logs/stdout/`, { Accept: 'text/*;q=0.5' })).body.toString(),
    ).toBe('one\ntwo\nthree\n');
    const head = await api.send('HEAD', `job-executions/${id}/logs/stdout/`);
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });

  it('is a 204 while there is none, or none since the time', async () => {
    const id = await running();
    expect((await api.get(`job-executions/${id}/logs/stdout/`)).status).toBe(204);
    await written(id, chunks);
    expect((await api.get(`job-executions/${id}/logs/stdout/?started=PT1H`)).status).toBe(200);
    expect((await api.get(`job-executions/${id}/logs/stdout/?started=2999-01-01T00:00:00Z`)).status).toBe(
      204,
    );
  });

  it('is refused in formats that there are not', async () => {
    const id = await running();
    const accept = await api.get(`job-executions/${id}/logs/stdout/`, { Accept: 'image/png, text/html;q=0' });
    expect(accept.status).toBe(406);
    expect((await api.get(`job-executions/${id}/logs/stdout/?format=pdf`)).status).toBe(400);
  });

  it('may be large', async () => {
    const id = await running();
    const line = `${'x'.repeat(99)}\n`;
    await written(id, [['stdout', line.repeat(5000)]]);
    const { body } = await api.get(`job-executions/${id}/logs/stdout/?format=txt`);
    expect(body.toString()).toBe(line.repeat(5000));
  });
});

describe('the live log', () => {
  interface LogEvent {
    readonly text?: string;
    readonly base64?: string;
    readonly next: number;
    readonly offset: number;
  }
  const open = (id: number, headers: Record<string, string> = {}, name = 'stdout') =>
    openEvents(api.port, `/v6/job-executions/${id}/logs/${name}/live/`, {
      Authorization: `Token ${api.token}`,
      ...headers,
    });
  const bytesOf = ({ data }: ServerSentEvent): Buffer => {
    const { text, base64 } = JSON.parse(data) as LogEvent;
    return text === undefined ? Buffer.from(base64!, 'base64') : Buffer.from(text);
  };

  it('resumes after every cut without losing or repeating a byte, and ends when the job has ended', async () => {
    const id = await running();
    const whole = Buffer.from(Array.from({ length: 200 }, (_, n) => `line ${n} with äöü and 😀\n`).join(''));
    const writer = api.logs.writer(id, { resume: false });
    const writing = (async () => {
      // Pieces of 37 bytes, so that many end within a character.
      for (let at = 0; at < whole.length; at += 37)
        await writer.write({ stream: 'stdout', data: whole.subarray(at, at + 37) });
      await writer.end();
      await over(id);
    })();
    const received: Buffer[] = [];
    let last: string | undefined;
    let ended: ServerSentEvent | undefined;
    for (let connection = 0; ended === undefined; connection++) {
      const stream = await open(id, last === undefined ? {} : { 'Last-Event-ID': last });
      if (stream.status === 204) break; // it was left behind the last byte, and has ended since
      expect(stream.status).toBe(200);
      let events = 0;
      for await (const event of stream.events) {
        if (event.event === 'end') {
          ended = event;
          break;
        }
        received.push(bytesOf(event));
        last = event.id;
        events += 1;
        if (events >= connection + 1 && connection < 30) break;
      }
      stream.leave();
    }
    await writing;
    expect(Buffer.concat(received).equals(whole)).toBe(true);
    expect(last).toBe(`${whole.length}`);
    expect(ended ? JSON.parse(ended.data) : { status: 'COMPLETED' }).toEqual({ status: 'COMPLETED' });
    expect((await open(id, { 'Last-Event-ID': last! })).status).toBe(204);
  });

  it('gives the last bytes of a job that has ended meanwhile, from any offset', async () => {
    const id = await running();
    await written(id, [['stdout', '0123456789']]);
    await over(id);
    for (const [path, wanted] of [
      ['', '0123456789'],
      ['?from=4', '456789'],
      ['?from=10', ''],
    ] as const) {
      const stream = await openEvents(api.port, `/v6/job-executions/${id}/logs/stdout/live/${path}`, {
        Authorization: `Token ${api.token}`,
      });
      const parts: Buffer[] = [];
      for await (const event of stream.events) if (event.event === 'log') parts.push(bytesOf(event));
      expect(Buffer.concat(parts).toString()).toBe(wanted);
    }
  });

  it.each(['-1', 'x', '1.5', '9007199254740993'])('refuses the Last-Event-ID %s', async (last) => {
    expect((await open(await running(), { 'Last-Event-ID': last })).status).toBe(400);
  });

  it('needs the token, and an execution that there is', async () => {
    const id = await running();
    expect((await open(id, { Authorization: 'Token x' })).status).toBe(401);
    expect((await open(987_654_321)).status).toBe(404);
    expect((await open(id, {}, 'both')).status).toBe(404);
  });

  it('ends when the service stops', async () => {
    const id = await running();
    const stream = await open(id);
    const events = (async () => {
      for await (const event of stream.events) return event;
      return undefined;
    })().catch(() => undefined);
    await api.api.close();
    expect(await events).toBeUndefined();
  });
});
