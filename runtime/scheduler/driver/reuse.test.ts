import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { managedWorkspace } from '../../catalog/index.ts';
import { knownImages, wouldReuse } from '../../provenance/index.ts';
import { eventually } from '../../../test/support/scheduler.ts';
import { ReuseWorld } from '../../../test/support/reuse-world.ts';
import { simulatedImage } from '../../../test/support/simulated.ts';

let world: ReuseWorld;
beforeAll(async () => {
  world = await ReuseWorld.begin();
  await world.start();
});
afterEach(() => {
  world.gate = Promise.resolve();
  world.story = () => ({});
});
afterAll(() => world.close());

/** How many containers `work` launches. */
async function launches(work: () => Promise<unknown>): Promise<number> {
  const before = world.launched.length;
  await work();
  return world.launched.length - before;
}

/** Where a product is. */
async function placeOf(file: number): Promise<string> {
  const [row] = await world.db.query<{ file_path: string }>(
    'select file_path from scale_file where id = $1',
    [file],
  );
  return (await managedWorkspace(world.db, world.home)).hostPath(row!.file_path);
}

let salts = 0;
/** A setting that no job had before. */
const fresh = () => `salt ${salts++}`;

describe('a job that may reuse', () => {
  it('takes what a plain one has made, in place of a container', async () => {
    const given = { salt: fresh(), json: { N: 1 }, files: { A: [await world.file('a')] } };
    const first = await world.run(given);
    expect(first).toMatchObject({ status: 'COMPLETED', reused: null });
    const count = await launches(async () => {
      const second = await world.run({ ...given, files: { A: [await world.file('a')] }, reuse: true });
      expect(second).toMatchObject({ status: 'COMPLETED', tries: 1, reused: first.id, files: first.files });
      const events = await world.db.query<{ kind: string }>(
        `select kind from event where entity = 'job' and entity_id = $1 order by id`,
        [second.id],
      );
      expect(events.map(({ kind }) => kind)).toEqual(['queued', 'started', 'completed', 'reused']);
    });
    expect(count).toBe(0);
  });

  it('is only one that was told to', async () => {
    const given = { salt: fresh() };
    await world.run(given);
    expect(await launches(() => world.run(given))).toBe(1);
    expect(await launches(() => world.run({ ...given, reuse: false }))).toBe(1);
    await world.db.query('update job_type set reuse = true where id = $1', [world.type.jobTypeId]);
    expect(await launches(() => world.run(given))).toBe(0);
    expect(await launches(() => world.run({ ...given, reuse: false }))).toBe(1);
    await world.db.query('update job_type set reuse = false where id = $1', [world.type.jobTypeId]);
  });

  it.each([
    ['a setting', { salt: 'other' }],
    ['a JSON input', { json: { N: 2 } }],
    ['the content of a file', { content: 'b' }],
    ['which input a file is for', { input: 'B' }],
  ])('runs where %s differs', async (_, change: Record<string, unknown>) => {
    const salt = fresh();
    const given = async ({ content = 'a', input = 'A', ...more }: Record<string, unknown>) => ({
      ...{ salt, json: { N: 1 }, reuse: true, ...more },
      files: { [input as string]: [await world.file(content as string)] },
    });
    await world.run(await given({}));
    expect(await launches(async () => world.run(await given(change)))).toBe(1);
    expect(await launches(async () => world.run(await given({})))).toBe(0);
  });

  it('runs where an input is another one than the catalogue says', async () => {
    const given = { salt: fresh(), reuse: true };
    const where = path.join(world.home, 'changing', 'in.txt');
    const changed = await world.file('one', where);
    await world.run({ ...given, files: { A: [changed] } });
    await writeFile(where, 'two');
    const other = await world.run({ ...given, files: { A: [changed] } });
    expect(other.reused).toBeNull();
    // And what was made of it is not taken for what the row says.
    const again = await world.run({ ...given, files: { A: [await world.file('one')] } });
    expect(again.reused).not.toBeNull();
    expect(again.files).not.toEqual(other.files);
  });

  it.each([
    ['is gone', (file: number) => placeOf(file).then((place) => rm(place))],
    ['holds something else', async (file: number) => writeFile(await placeOf(file), 'x'.repeat(64))],
    [
      'is deleted',
      (file: number) => world.db.query('update scale_file set is_deleted = true where id = $1', [file]),
    ],
  ])('runs where a product %s', async (_, spoil: (file: number) => Promise<unknown>) => {
    const given = { salt: fresh(), reuse: true };
    const first = await world.run(given);
    await spoil(first.files[0]!);
    const second = await world.run(given);
    expect(second).toMatchObject({ status: 'COMPLETED', reused: null });
    expect(await world.run(given)).toMatchObject({ reused: second.id });
  });

  it('takes nothing of one that failed', async () => {
    const given = { salt: fresh(), reuse: true };
    world.story = () => ({ exitCode: 1 });
    expect(await world.run(given)).toMatchObject({ status: 'FAILED' });
    world.story = () => ({});
    expect(await world.run(given)).toMatchObject({ status: 'COMPLETED', reused: null });
  });
});

it('what would be reused is said of many at once, without running any', async () => {
  const kept = await world.run({ salt: fresh() });
  const gone = await world.run({ salt: fresh() });
  await world.db.query('update scale_file set is_deleted = true where id = any($1)', [gone.files]);
  const rows = await world.db.query<{ outputId: string; id: number }>(
    `select encode(output_id, 'hex') as "outputId", id from job_exe where job_id = any($1) order by id`,
    [[kept.id, gone.id]],
  );
  const [ofKept, ofGone] = rows;
  const unknown = { outputId: '00'.repeat(32) };
  expect(await wouldReuse(world.db, [unknown, ofKept!, ofGone!, ofKept!])).toEqual([
    { reuses: false, because: 'new' },
    { reuses: true, jobExeId: ofKept!.id, jobId: kept.id },
    { reuses: false, because: 'gone' },
    { reuses: true, jobExeId: ofKept!.id, jobId: kept.id },
  ]);
  const [described] = await world.db.query<{ image: string }>(
    `select description->>'image' as image from output_identity where output_id = decode($1, 'hex')`,
    [ofKept!.outputId],
  );
  expect(await knownImages(world.db, [simulatedImage, 'none:1'])).toEqual(
    new Map([[simulatedImage, described!.image]]),
  );
});

describe('of two that do the same at once', () => {
  /** Submits both; the first one has a container, and the second one has given up its slot. */
  async function both(given: object): Promise<{ first: number; second: number; go: () => void }> {
    let go = () => {};
    world.gate = new Promise((resolve) => (go = resolve));
    const before = world.launched.length;
    const first = await world.submit({ ...given, reuse: true });
    await eventually('the first one is launched', () => world.launched.length > before);
    const second = await world.submit({ ...given, reuse: true });
    await eventually('the second one waits', async () => {
      const [row] = await world.db.query<{ waits: boolean }>(
        `select j.status = 'QUEUED' and j.num_exes = 0 and x.job_id = $2 as waits
         from job j left join job_exe x on x.id = j.awaited_job_exe_id where j.id = $1`,
        [second, first],
      );
      return row!.waits;
    });
    const slots = await world.db.query('select from slot where job_exe_id is not null');
    expect(slots).toHaveLength(1);
    return { first, second, go };
  }

  it('one runs, and the other one waits without a slot', async () => {
    const { first, second, go } = await both({ salt: fresh() });
    const before = world.launched.length;
    go();
    const done = await world.ended(first);
    expect(await world.ended(second)).toMatchObject({ tries: 1, reused: first, files: done.files });
    expect(world.launched).toHaveLength(before);
  });

  it('publishes nothing of another one, where it was superseded meanwhile', async () => {
    const { first, second, go } = await both({ salt: fresh() });
    await world.db.query('update job set is_superseded = true where id = any($1)', [[first, second]]);
    go();
    const { files } = await world.ended(first);
    expect(await world.ended(second)).toMatchObject({ status: 'COMPLETED', reused: first, files });
    expect(await world.db.query('select is_published from scale_file where id = any($1)', [files])).toEqual([
      { is_published: false },
    ]);
  });

  it('the second one runs when the first one fails', async () => {
    const { first, second, go } = await both({ salt: fresh() });
    const [failing] = world.launched.slice(-1);
    world.story = ({ execution }) => (execution === failing ? { exitCode: 1 } : {});
    go();
    expect(await world.ended(first)).toMatchObject({ status: 'FAILED' });
    expect(await world.ended(second)).toMatchObject({ status: 'COMPLETED', reused: null });
  });

  it('the second one can be canceled while it waits', async () => {
    const { first, second, go } = await both({ salt: fresh() });
    const { requestAction } = await import('../../jobs/index.ts');
    await requestAction(world.db, { kind: 'cancel', filter: { jobIds: [second] }, actor: 'joe' });
    expect(await world.ended(second)).toMatchObject({ status: 'CANCELED' });
    go();
    expect(await world.ended(first)).toMatchObject({ status: 'COMPLETED' });
    expect(await world.outcome(second)).toMatchObject({ status: 'CANCELED' });
  });
});

it('twenty at once over two runtimes run once', async () => {
  await world.start();
  const given = { salt: fresh(), reuse: true };
  const count = await launches(async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => world.submit(given)));
    const ends = await Promise.all(ids.map((id) => world.ended(id)));
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['COMPLETED']));
    expect(ends.filter(({ reused }) => reused === null)).toHaveLength(1);
    expect(new Set(ends.map(({ files }) => files[0])).size).toBe(1);
  });
  expect(count).toBe(1);
});
