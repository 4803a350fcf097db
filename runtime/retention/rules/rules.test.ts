import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { Mortal, TestFiles } from '../../../test/support/retention.ts';
import { localWorkspace } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { addRule, changeRule, dryRun, lastPass, requestPass } from '../index.ts';
import type { NewRule } from './rules.ts';

let db: Database;
withDatabase((connected) => (db = connected));

let files: TestFiles;
beforeEach(async () => {
  files = await TestFiles.open(db);
  await db.query('truncate retention_rule, file_removal, file_hold');
});
afterEach(() => rm(files.root, { recursive: true, force: true }));

const rule = (more: Partial<NewRule>) => addRule(db, { workspace: files.workspace.id, ...more }, 'jane');
const age = (days: number, ...ids: number[]) =>
  db.query('update scale_file set created = now() - make_interval(days => $2) where id = any($1)', [
    ids,
    days,
  ]);
/** What the rules let go. */
const going = async () => (await dryRun(db)).goes.examples.map(({ id }) => id);
const pass = async (mortal?: Mortal) => {
  await requestPass(db, 'jane');
  await files.sweep(mortal);
};

describe('a rule', () => {
  it('lets go what was catalogued longer ago than it keeps, and no other', async () => {
    const [old, young, other] = [
      await files.source('old'),
      await files.source('young'),
      await files.source('x'),
    ];
    await age(31, old);
    await age(29, young);
    const elsewhere = await TestFiles.open(db);
    await age(99, await elsewhere.source('old'));
    await rule({ keep_days: 30 });
    expect(await going()).toEqual([old]);
    await rm(elsewhere.root, { recursive: true });
    expect(other).toBeGreaterThan(young);
  });

  it('without days keeps for ever', async () => {
    await age(9999, await files.source('old'));
    await rule({});
    expect(await going()).toEqual([]);
  });

  it('lets superseded files go at once where it does not keep them, else with the others', async () => {
    const old = await files.source('a', [], 'one');
    await files.source('a', [], 'another');
    const id = await rule({ keep_days: 30 });
    expect(await going()).toEqual([]);
    await changeRule(db, id, { keep_superseded: false });
    expect(await going()).toEqual([old]);
    await changeRule(db, id, { keep_days: null });
    expect(await going()).toEqual([old]);
  });

  it('for a tag decides in place of the one for all; of several, the one that keeps longest', async () => {
    const plain = await files.source('plain');
    const tagged = await files.source('tagged', ['a', 'other']);
    const both = await files.source('both', ['a', 'b']);
    await age(50, plain, tagged, both);
    await rule({ keep_days: 10 });
    expect(await going()).toEqual([plain, tagged, both]);
    const a = await rule({ data_type: 'a', keep_days: 40 });
    await rule({ data_type: 'b', keep_days: 60 });
    expect(await going()).toEqual([plain, tagged]);
    await changeRule(db, a, { is_active: false });
    expect(await going()).toEqual([plain, tagged]);
    await changeRule(db, a, { is_active: true, keep_days: null });
    expect(await going()).toEqual([plain]);
  });

  it('is one for each workspace and tag, and none for the files of a machine', async () => {
    await rule({ data_type: 'a' });
    await rule({});
    await expect(rule({ data_type: 'a' })).rejects.toMatchObject({ error: 'retention-rule-exists' });
    await expect(rule({})).rejects.toMatchObject({ error: 'retention-rule-exists' });
    const { name } = await localWorkspace(db);
    await expect(rule({ workspace: name })).rejects.toMatchObject({ error: 'workspace-not-ours' });
    await expect(rule({ workspace: 'nowhere' })).rejects.toMatchObject({ error: 'workspace-unknown' });
  });
});

describe('a dry run', () => {
  it('says what would go and what is needed, and changes nothing', async () => {
    const [goes, needed, held] = [
      await files.source('goes'),
      await files.source('needed'),
      await files.source('held'),
    ];
    await age(2, goes, needed, held);
    const queue = await new TestQueue(db).open();
    const [job] = await queue.submit(await queue.type(), { files: { IN: [needed] } });
    await db.query(`insert into file_hold (file_id, reason, created_by) values ($1, 'why', 'jane')`, [held]);
    const id = await rule({ keep_days: 1 });
    const shown = (file: number, path: string, reason: string) => ({
      id: file,
      workspace: files.workspace.name,
      file_path: path,
      file_size: path.length,
      reason,
    });
    expect(await dryRun(db)).toEqual({
      goes: { files: 1, bytes: 4, examples: [shown(goes, 'goes', `retention rule ${id}`)] },
      kept: {
        files: 2,
        bytes: 10,
        examples: [
          shown(needed, 'needed', `job ${job} (QUEUED) has it as input`),
          shown(held, 'held', 'it is held: why'),
        ],
        reasons: { hold: 1, job: 1, recipe: 0, batch: 0, schedule: 0 },
      },
    });
    expect(await files.there()).toEqual(['goes', 'held', 'needed']);
    expect(
      await db.query('select from scale_file where is_deleted and workspace_id = $1', [files.workspace.id]),
    ).toEqual([]);
  });

  it('takes a rule that is only thought of, in place of the one for the same files', async () => {
    const id = await files.source('a', ['t']);
    await age(20, id);
    await rule({ data_type: 't', keep_days: 10 });
    const draft = { id: null, workspaceId: files.workspace.id, dataType: 't', keepSuperseded: true };
    expect((await dryRun(db, { ...draft, keepDays: 30 })).goes.files).toBe(0);
    const { goes } = await dryRun(db, { ...draft, keepDays: 15 });
    expect(goes.examples).toMatchObject([{ id, reason: 'the given rule' }]);
  });
});

describe('a pass', () => {
  it('marks and removes what the rules let go, says so, and comes by itself once a day', async () => {
    await files.sweep();
    const [old, young] = [await files.source('old'), await files.source('young')];
    await age(31, old);
    const id = await rule({ keep_days: 30 });
    await files.sweep();
    expect(await files.there()).toEqual(['old', 'young']);
    await db.query(`update retention_pass set started = now() - interval '25 hours'`);
    await files.sweep();
    expect(await files.there()).toEqual(['young']);
    expect(await lastPass(db)).toMatchObject({ files: 1, bytes: 3, kept: 0, ended: expect.any(String) });
    const [event] = await db.query(
      `select actor, data from event where entity = 'scale_file' and entity_id = $1 and kind = 'deleted'`,
      [old],
    );
    expect(event).toEqual({
      actor: 'retention',
      data: { reason: `retention rule ${id}`, path: 'old', bytes: 3 },
    });
    expect(young).toBeGreaterThan(old);
  });

  it('goes on where it was killed, and counts nothing twice', async () => {
    await rule({ keep_days: 10 });
    const whole = new Mortal();
    const fill = async () => {
      for (const name of ['a', 'b', 'c']) await age(11, await files.source(name, [], `${Math.random()}`));
      await files.source('stays', [], 'always');
    };
    await fill();
    await pass(whole);
    expect(await files.there()).toEqual(['stays']);
    for (let at = 0; at < whole.done; at++) {
      await fill();
      await expect(pass(new Mortal(at))).rejects.toThrow('killed');
      await files.sweep();
      expect(await files.there()).toEqual(['stays']);
      expect(await lastPass(db)).toMatchObject({ files: 3, ended: expect.any(String) });
    }
  });
});
