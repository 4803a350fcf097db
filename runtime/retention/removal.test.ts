import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { TestQueue } from '../../test/support/queue.ts';
import { completed } from '../../test/support/scheduler.ts';
import { Mortal, TestFiles } from '../../test/support/retention.ts';
import { localWorkspace, registerSources } from '../catalog/index.ts';
import type { Database } from '../database/index.ts';
import { finish } from '../jobs/index.ts';
import { holdFile, markDeleted, releaseFile } from './index.ts';
import { emptied } from './remove-content.ts';

let db: Database;
withDatabase((connected) => (db = connected));

let files: TestFiles;
beforeEach(async () => {
  files = await TestFiles.open(db);
  await db.query('truncate file_removal, file_hold');
});
afterEach(() => rm(files.root, { recursive: true, force: true }));

const why = { reason: 'a test', actor: 'jane' };
const mark = (...ids: number[]) => db.transaction((tx) => markDeleted(tx, ids, why));
const problems = () => db.query('select file_id, problem, tries from file_removal order by id');
/** As after a while: what waits for its next try is due. */
const later = () => db.query("update file_removal set not_before = now() - interval '1 second'");
const eventsOf = async (id: number) =>
  (
    await db.query<{ kind: string }>(
      `select kind from event where entity = 'scale_file' and entity_id = $1 order by id`,
      [id],
    )
  ).map(({ kind }) => kind);
const isDeleted = async (id: number) =>
  (await db.query<{ is_deleted: boolean }>('select is_deleted from scale_file where id = $1', [id]))[0]!
    .is_deleted;

describe('deletion', () => {
  it('marks the row first, and removes the content later', async () => {
    const id = await files.source('a/b.txt');
    expect((await mark(id)).deleted).toEqual([{ id, size: 7, path: 'a/b.txt' }]);
    expect(await isDeleted(id)).toBe(true);
    expect(await files.there()).toContain('a/b.txt');
    await files.sweep();
    expect(await files.there()).toEqual(['a']);
    expect(await problems()).toEqual([]);
    expect(await eventsOf(id)).toEqual(['deleted', 'removed']);
  });

  it('is done once: marking again does nothing, and what is gone already is fine', async () => {
    const [id, stays] = [await files.source('gone.txt'), await files.source('stays.txt')];
    await mark(id);
    expect((await mark(id)).deleted).toEqual([]);
    await rm(path.join(files.root, 'gone.txt'));
    await files.sweep();
    expect(await problems()).toEqual([]);
    expect(await isDeleted(stays)).toBe(false);
    expect(await files.there()).toEqual(['stays.txt']);
  });

  it("never touches a user's own files", async () => {
    const own = await localWorkspace(db);
    const file = await files.write('own.txt', 'mine');
    const [row] = await registerSources(db, own, [file]);
    await mark(row!.id);
    expect(await isDeleted(row!.id)).toBe(true);
    expect(await problems()).toEqual([]);
    await files.sweep();
    expect(await files.there()).toEqual(['own.txt']);
  });
});

describe('a file stays', () => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await new TestQueue(db).open();
  });
  const submitted = async (id: number) =>
    (await queue.submit(await queue.type(), { files: { IN: [id] } }))[0]!;

  it.each(['PENDING', 'BLOCKED', 'QUEUED', 'RUNNING', 'FAILED'])('while a job is %s', async (status) => {
    const id = await files.source('in.txt');
    const job = await submitted(id);
    await db.query('update job set status = $2 where id = $1', [job, status]);
    expect(await mark(id)).toEqual({
      deleted: [],
      kept: [{ fileId: id, by: 'job', id: job, words: `job ${job} (${status}) has it as input` }],
    });
    expect(await isDeleted(id)).toBe(false);
  });

  it.each(['COMPLETED', 'CANCELED'])('no longer when it is %s', async (status) => {
    const id = await files.source('in.txt');
    const job = await submitted(id);
    await db.query('update job set status = $2 where id = $1', [job, status]);
    expect((await mark(id)).kept).toEqual([]);
  });

  it('nor for a failed job that is superseded', async () => {
    const id = await files.source('in.txt');
    const job = await submitted(id);
    await db.query(`update job set status = 'FAILED', is_superseded = true where id = $1`, [job]);
    expect((await mark(id)).kept).toEqual([]);
  });

  it('while a schedule gives it to what it begins, alone or with a dataset', async () => {
    const [given, member, other] = [
      await files.source('a'),
      await files.source('b'),
      await files.source('c'),
    ];
    const [dataset] = await db.query<{ id: number }>(
      `insert into dataset (definition) values ('{}') returning id`,
    );
    await db.query(`insert into dataset_file (dataset_id, file_id, parameter_name) values ($1, $2, 'IN')`, [
      dataset!.id,
      member,
    ]);
    const targets = [
      { recipe: { recipe_type_name: 'r', input: { files: { IN: [given] }, json: { N: other } } } },
      { batch: { name: 'b', recipe_type_id: 1, definition: { dataset: dataset!.id } } },
      { scan: { name: 's' } },
    ];
    const ids: number[] = [];
    for (const [nth, target] of targets.entries()) {
      const [row] = await db.query<{ id: number }>(
        `insert into schedule (name, cron, target) values ($1, '@daily', $2) returning id`,
        [`s-${nth}`, JSON.stringify(target)],
      );
      ids.push(row!.id);
    }
    expect((await mark(given, member, other)).kept).toEqual([
      { fileId: given, by: 'schedule', id: ids[0], words: 'the schedule s-0 gives it to what it begins' },
      { fileId: member, by: 'schedule', id: ids[1], words: 'the schedule s-1 gives it to what it begins' },
    ]);
    expect(await isDeleted(other)).toBe(true);
    await db.query('delete from schedule');
    expect((await mark(given)).kept).toEqual([]);
  });

  it('while it is held', async () => {
    const id = await files.source('held.txt');
    await db.transaction((tx) => holdFile(tx, id, 'evidence', 'jane'));
    expect((await mark(id)).kept).toMatchObject([{ by: 'hold', words: 'it is held: evidence' }]);
    await db.transaction((tx) => releaseFile(tx, id, 'jane'));
    expect((await mark(id)).kept).toEqual([]);
    expect(await eventsOf(id)).toEqual(['held', 'released', 'deleted']);
  });

  it('when a job wants it after it was marked, until that is over', async () => {
    const id = await files.source('late.txt');
    await mark(id);
    const job = await submitted(id);
    await files.sweep();
    expect(await files.there()).toEqual(['late.txt']);
    expect(await problems()).toMatchObject([{ problem: `job ${job} (QUEUED) has it as input`, tries: 1 }]);
    const [execution] = await queue.claim([job]);
    await later();
    await files.sweep();
    expect(await files.there()).toEqual(['late.txt']);
    await finish(db, execution!, completed);
    await later();
    await files.sweep();
    expect(await files.there()).toEqual([]);
  });

  it('while somebody is just submitting a job over it: who marks waits for that, and sees it', async () => {
    const id = await files.source('race.txt');
    const type = await queue.type();
    let marking: ReturnType<typeof mark> | undefined;
    await db.transaction(async (tx) => {
      const [job] = await tx.query<{ id: number }>(
        `insert into job (job_type_id, job_type_revision_id, status, timeout, input, queued)
         values ($1, $2, 'QUEUED', 60, '{}', now()) returning id`,
        [type.jobTypeId, type.revisionId],
      );
      await tx.query(`insert into job_input_file (job_id, job_input, input_file_id) values ($1, 'IN', $2)`, [
        job!.id,
        id,
      ]);
      marking = mark(id);
      while ((await tx.query(`select from pg_locks where not granted`)).length === 0);
    });
    expect((await marking!).kept).toMatchObject([{ fileId: id, by: 'job' }]);
  });
});

describe('content stays', () => {
  it('when the current version stands at the place of a superseded one', async () => {
    const old = await files.source('same.txt', [], 'old');
    const current = await files.source('same.txt', [], 'newer');
    expect(current).not.toBe(old);
    await mark(old);
    await files.sweep();
    expect(await files.there()).toEqual(['same.txt']);
    expect(await eventsOf(old)).toEqual(['deleted', 'content-kept']);
    await mark(current);
    await files.sweep();
    expect(await files.there()).toEqual([]);
  });

  it('when a workspace around it, or the machine, has it in its catalogue', async () => {
    const [one, two] = [await files.source('in/one.txt'), await files.source('in/two.txt')];
    const three = await files.source('three.txt');
    const inner = await files.inner('in');
    const rows = await registerSources(db, inner, [
      await files.seen('in/one.txt'),
      await files.seen('in/two.txt'),
    ]);
    const own = await registerSources(db, await localWorkspace(db), [await files.seen('three.txt')]);
    await mark(one, rows[1]!.id, three);
    await files.sweep();
    expect(await files.there()).toEqual(['in', 'in/one.txt', 'in/two.txt', 'three.txt']);
    for (const id of [one, rows[1]!.id, three])
      expect(await eventsOf(id)).toEqual(['deleted', 'content-kept']);
    await mark(rows[0]!.id, two, own[0]!.id);
    await files.sweep();
    expect(await files.there()).toEqual(['in', 'three.txt']);
  });

  it('when something else was put there and nobody has catalogued it yet', async () => {
    const id = await files.source('place.txt', [], 'one');
    await mark(id);
    await rm(path.join(files.root, 'place.txt'));
    await writeFile(path.join(files.root, 'place.txt'), 'two');
    await files.sweep();
    expect(await files.there()).toEqual(['place.txt']);
    expect(await eventsOf(id)).toEqual(['deleted', 'content-kept']);
  });

  it('but not when a backup of the very content was put back', async () => {
    const id = await files.source('backup.txt', [], 'one');
    await mark(id);
    await rm(path.join(files.root, 'backup.txt'));
    await writeFile(path.join(files.root, 'backup.txt'), 'one');
    await files.sweep();
    expect(await files.there()).toEqual([]);
  });

  it.each([
    ['gone', /cannot be reached/],
    ['empty, as where nothing is mounted', /is empty or not there/],
  ])('while its workspace is %s, which is said, and goes when it is back', async (how, problem) => {
    const [id, stays] = [await files.source('away.txt'), await files.source('stays.txt')];
    await mark(id);
    await rename(files.root, `${files.root}-away`);
    if (how !== 'gone') await mkdir(files.root);
    await files.sweep();
    expect(await problems()).toMatchObject([{ file_id: id, problem: expect.stringMatching(problem) }]);
    await rm(files.root, { recursive: true, force: true });
    await rename(`${files.root}-away`, files.root);
    await files.sweep();
    expect(await files.there()).toContain('away.txt');
    await later();
    await files.sweep();
    expect(await files.there()).toEqual(['stays.txt']);
    expect(await isDeleted(stays)).toBe(false);
  });

  it('where no workspace can be opened', async () => {
    const id = await files.source('else.txt');
    const other = await TestFiles.open(db);
    await mark(id);
    await other.sweep();
    expect(await problems()).toMatchObject([{ problem: 'its workspace cannot be reached from here' }]);
    await rm(other.root, { recursive: true });
  });
});

describe('a sweeper that is killed', () => {
  it('anywhere is followed by one that removes the rest, and nothing else', async () => {
    const world = async () => {
      const own = await TestFiles.open(db);
      const ids = [
        await own.source('x/1.txt'),
        await own.source('2.txt'),
        await own.source('3.txt', [], 'old'),
      ];
      await own.source('3.txt', [], 'current');
      await own.source('x/stays.txt');
      await mark(...ids);
      return { own, ids };
    };
    const whole = new Mortal();
    const first = await world();
    await first.own.sweep(whole);
    expect(whole.done).toBeGreaterThan(10);
    for (let at = 0; at < whole.done; at++) {
      const { own, ids } = await world();
      const mortal = new Mortal(at);
      await expect(own.sweep(mortal)).rejects.toThrow('killed');
      await own.sweep();
      expect(await own.there()).toEqual(['3.txt', 'x', 'x/stays.txt']);
      expect(await problems()).toEqual([]);
      for (const [index, id] of ids.entries())
        expect(await eventsOf(id)).toEqual(['deleted', index === 2 ? 'content-kept' : 'removed']);
      await rm(own.root, { recursive: true });
    }
    await rm(first.own.root, { recursive: true });
  });
});

describe('directories', () => {
  const now = new Date('2026-03-10T12:00:00Z');

  it.each([
    [
      'jobs/n/1/2026/01/02/job_exe_7/a/b.txt',
      ['jobs/n/1/2026/01/02/job_exe_7/a', 'jobs/n/1/2026/01/02/job_exe_7', 'jobs/n/1/2026/01/02'],
    ],
    ['jobs/n/1/2026/03/10/job_exe_7_0123456789ab/b.txt', ['jobs/n/1/2026/03/10/job_exe_7_0123456789ab']],
    ['uploads/2026/01/02/some-uuid/b.txt', ['uploads/2026/01/02/some-uuid', 'uploads/2026/01/02']],
    ['raw/2026/01/02/b.txt', ['raw/2026/01/02']],
    ['raw/2026/03/09/b.txt', []],
    ['ingesting/b.txt', []],
    ['b.txt', []],
  ])('that are empty after %s may go', (filePath, expected) => {
    expect(emptied(filePath, now)).toEqual(expected);
  });

  it("go with a product's sidecar, also where a sweeper was killed before it", async () => {
    const directory = 'jobs/2020/01/02/job_exe_1';
    const one = await files.source(`${directory}/a.txt`);
    const two = await files.source(`${directory}/b.txt`);
    for (const name of ['a', 'b', 'other']) await files.write(`${directory}/${name}.txt.metadata.json`, '{}');
    await rm(path.join(files.root, `${directory}/a.txt`));
    await mark(one, two);
    await files.sweep();
    expect((await files.there()).slice(4)).toEqual([directory, `${directory}/other.txt.metadata.json`]);
  });

  it('stay with a sidecar that is a file of the catalogue, is beside what took the place, or is no job’s', async () => {
    const known = await files.source('job_exe_1/a.txt');
    await files.source('job_exe_1/a.txt.metadata.json');
    const replaced = await files.source('job_exe_2/b.txt');
    await files.write('job_exe_2/b.txt', 'another');
    await files.write('job_exe_2/b.txt.metadata.json', '{}');
    const owners = await files.source('c.txt');
    await files.write('c.txt.metadata.json', '{}');
    await mark(known, replaced, owners);
    await files.sweep();
    expect(await files.there()).toEqual([
      'c.txt.metadata.json',
      'job_exe_1',
      'job_exe_1/a.txt.metadata.json',
      'job_exe_2',
      'job_exe_2/b.txt',
      'job_exe_2/b.txt.metadata.json',
    ]);
  });

  it('go when they are empty, and only then', async () => {
    const one = await files.source('jobs/2020/01/02/job_exe_1/out/a.txt');
    const two = await files.source('jobs/2020/01/02/job_exe_1/b.txt');
    await mark(one);
    await files.sweep();
    expect(await files.there()).toEqual([
      'jobs',
      'jobs/2020',
      'jobs/2020/01',
      'jobs/2020/01/02',
      'jobs/2020/01/02/job_exe_1',
      'jobs/2020/01/02/job_exe_1/b.txt',
    ]);
    await mark(two);
    await files.sweep();
    expect(await files.there()).toEqual(['jobs', 'jobs/2020', 'jobs/2020/01']);
  });
});
