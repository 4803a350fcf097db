import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../test/support/api.ts';
import { ReuseWorld } from '../../test/support/reuse-world.ts';
import { managedWorkspace } from '../catalog/index.ts';

let world: ReuseWorld;
let api: TestApi;
beforeAll(async () => {
  world = await ReuseWorld.begin();
  await world.start();
  api = await startApi(world.db);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const explain = async (id: number, query = '') => (await api.get(`jobs/${id}/explain/${query}`)).json;
const deleted = (file: number, is: boolean) =>
  world.db.query('update scale_file set is_deleted = $2 where id = $1', [file, is]);

describe('why a job ran', () => {
  let a: number;
  let b: number;
  let first: number;
  beforeAll(async () => {
    [a, b] = [await world.file('a'), await world.file('b')];
    first = (await world.run({ salt: 'x', json: { N: 1 }, files: { A: [a] } })).id;
  });

  it('tells that it was the first of its type', async () => {
    expect(await explain(first)).toEqual({
      job_id: first,
      status: 'COMPLETED',
      state: 'never-run',
      reason: 'No job of the type mixes had completed before',
      output_id: expect.stringMatching(/^[0-9a-f]{64}$/),
      reuse: false,
      against: null,
      changes: [],
    });
  });

  it('names what: something has changed since the job that is most like it, which need not be the last one', async () => {
    await world.run({ salt: 'x', json: { N: 7 }, files: { B: [b] } });
    const { id } = await world.run({ salt: 'y', json: { N: 1 }, files: { A: [a] }, reuse: true });
    expect(await explain(id)).toMatchObject({
      state: 'changed',
      reason: `It is not what job ${first} did: settings.SALT has changed`,
      reuse: true,
      against: { job_id: first },
      changes: [{ member: 'settings.SALT', kind: 'changed', old: 'x', new: 'y' }],
    });
  });

  it('names checksums: an input has other content: its old and its new checksum are named', async () => {
    const { id } = await world.run({ salt: 'x', json: { N: 1 }, files: { A: [b] } });
    expect(await explain(id, `?against=${first}`)).toMatchObject({
      state: 'changed',
      against: { job_id: first },
      changes: [
        {
          member: 'inputs.A.sha256',
          kind: 'changed',
          old: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
          new: '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
        },
      ],
    });
  });

  it('tells whether reuse was off, or files were gone or altered; or it did not run', async () => {
    const given = { salt: 'z', json: { N: 2 } };
    const done = await world.run(given);
    const off = await world.run(given);
    expect(await explain(off.id)).toMatchObject({
      state: 'reuse-off',
      reason: `Job ${done.id} had done the same work; neither the job nor its job type allow to reuse that`,
      against: { job_id: done.id },
      changes: [],
    });
    const taken = await world.run({ ...given, reuse: true });
    expect(await explain(taken.id)).toMatchObject({
      state: 'reused',
      reason: `It did not run: it has what job ${off.id} made, which was the same work`,
      against: { job_id: off.id },
    });
    const files = [...done.files, ...off.files];
    for (const file of files) await deleted(file, true);
    const anew = await world.run({ ...given, reuse: true });
    expect(await explain(anew.id)).toMatchObject({
      state: 'files-gone',
      reason: `Job ${off.id} had done the same work, and its files are deleted: ${off.files[0]}`,
    });
    const [row] = await world.db.query<{ file_path: string }>(
      'select file_path from scale_file where id = $1',
      [anew.files[0]],
    );
    await rm((await managedWorkspace(world.db, world.home)).hostPath(row!.file_path));
    const again = await world.run({ ...given, reuse: true });
    expect(await explain(again.id)).toMatchObject({
      state: 'files-gone',
      reason: `Job ${anew.id} had done the same work, and a file of it was not there, or altered, when this one began`,
    });
  });

  it('tells that it has no identity, since it did not complete, and nothing is compared with it', async () => {
    world.story = () => ({ exitCode: 1 });
    const { id } = await world.run({ salt: 'fails' });
    world.story = () => ({});
    expect(await explain(id)).toMatchObject({ state: 'no-identity', output_id: null, against: null });
    expect(await explain(first, `?against=${id}`)).toMatchObject({ code: 'SB1307' });
    expect(await explain(first, '?against=999999')).toMatchObject({ code: 'SB1307' });
    expect((await api.get('jobs/999999/explain/')).status).toBe(404);
  });

  it('tells that it has not begun', async () => {
    await world.db.query('update job_type set is_paused = true');
    const id = await world.submit({ salt: path.sep });
    expect(await explain(id)).toMatchObject({ status: 'QUEUED', state: 'not-begun', output_id: null });
  });
});
