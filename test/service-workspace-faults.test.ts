import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { tree, until } from './support/cli-files.ts';
import { testDatabase } from './support/database.ts';
import { temporaryDirectory } from './support/database-server.ts';
import { busyboxImage } from './support/engine.ts';
import { FaultWorld } from './support/fault-world.ts';

let root: string;
let image: string;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  image = await busyboxImage();
  root = await temporaryDirectory();
  for (const name of ['shared', 'first', 'second', 'report']) await mkdir(path.join(root, name));
});
afterAll(async () => {
  for (const end of ends) await end();
  await rm(root, { recursive: true });
});

/** A database of its own, with these directories as workspaces of the same names. */
async function openWorld(...names: string[]): Promise<FaultWorld> {
  const test = await testDatabase();
  const env = { SEED_PULL: 'never', SEED_HOST_ROOTS: root };
  const world = await FaultWorld.open({ databaseUrl: test.url, env });
  ends.push(() => world.close().then(test.drop));
  for (const name of names)
    await world.query('insert into workspace (name, json_config) values ($1, $2)', [
      name,
      { broker: { type: 'host', host_path: path.join(root, name) } },
    ]);
  return world;
}

/** Files below a workspace, without their directories. */
const files = async (name: string) =>
  (await tree(path.join(root, name)))
    .filter((entry) => !entry.endsWith('/'))
    .map((entry) => path.basename(entry));

const waiting = {
  name: 'waits',
  timeout: 600,
  outputs: [
    { name: 'READY', pattern: 'ready' },
    { name: 'REPORT', pattern: 'report' },
  ],
  script: `echo r > $OUTPUT_DIR/report; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done`,
};

describe('a workspace that two databases share', () => {
  it('keeps the products of executions of one number apart', async () => {
    const draft = { name: 'same', outputs: [{ name: 'OUT', pattern: 'out' }] };
    const contents: string[] = [];
    for (const word of ['one', 'other']) {
      const world = await openWorld('shared');
      const runtime = await world.start();
      const type = await world.type({ ...draft, script: `echo ${word} > $OUTPUT_DIR/out` }, image, {
        output_workspaces: { default: 'shared' },
      });
      const job = await world.submit(type);
      expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
      expect((await world.execution(job))!.id).toBe(1);
      const [product] = await world.products(job);
      contents.push(product!.path);
      await runtime.kill('SIGTERM');
    }
    expect(await Promise.all(contents.map((file) => readFile(file, 'utf8')))).toEqual(['one\n', 'other\n']);
  });
});

describe('a runtime that dies when it has moved products', () => {
  it('leaves none in workspaces that the job type has no more', async () => {
    const world = await openWorld('first', 'second', 'report');
    const type = (output_workspaces: object) => world.type(waiting, image, { output_workspaces });
    const dying = await world.start();
    const job = await world.submit(await type({ default: 'first', outputs: { REPORT: 'report' } }));
    await world.outputOf(job, 'ready');
    const { id } = (await world.execution(job))!;
    await world.db.transaction(async (tx) => {
      // The transaction waits for the row, and the products have been moved by then.
      await tx.query('select 1 from job_exe where id = $1 for update', [id]);
      await world.release(job);
      await until('the move', async () => (await files('first')).includes('ready'));
      await dying.kill('SIGKILL');
    });
    expect([await files('first'), await files('report')]).toEqual([['go', 'ready', 'report'], ['report']]);
    await type({ default: 'report', outputs: { REPORT: 'second' } });
    const successor = await world.start();
    expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
    expect((await world.executions(job)).map(({ epoch }) => epoch)).toEqual([2]);
    const products = await world.products(job);
    expect(products.map((product) => path.relative(root, product.path).split('/')[0])).toEqual([
      'report',
      'second',
    ]);
    expect([await files('first'), await files('report'), await files('second')]).toEqual([
      [],
      ['go', 'ready'],
      ['report'],
    ]);
    expect((await tree(path.join(root, 'first'))).filter((name) => name.includes('job_exe'))).toEqual([]);
    await world.clear();
    await successor.kill('SIGTERM');
  });
});
