import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workspaceDetails } from '../runtime/catalog/index.ts';
import { readConfig } from '../runtime/config/index.ts';
import { addWorkspace, saveWorkspace } from '../runtime/scheduler/index.ts';
import { tree } from './support/cli-files.ts';
import { testDatabase } from './support/database.ts';
import { temporaryDirectory } from './support/database-server.ts';
import { busyboxImage } from './support/engine.ts';
import { FaultWorld } from './support/fault-world.ts';

let world: FaultWorld;
let root: string;
let otherDisk: string;
let image: string;
let end: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  image = await busyboxImage();
  root = await temporaryDirectory();
  otherDisk = `/dev/shm/${path.basename(root)}`;
  const env = { SEED_PULL: 'never', SEED_HOST_ROOTS: `${root}:${otherDisk}` };
  world = await FaultWorld.open({ databaseUrl: test.url, env });
  for (const directory of [`${root}/a`, `${root}/b`, otherDisk]) await mkdir(directory);
  await workspace('all', `${root}/a`);
  await workspace('same', `${root}/a`);
  await workspace('reports', `${root}/b`);
  await workspace('far', otherDisk);
  await world.start();
  end = async () => {
    await world.close();
    await test.drop();
    await rm(root, { recursive: true });
    await rm(otherDisk, { recursive: true });
  };
});
afterAll(() => end());

const context = () => ({ config: readConfig(world.env), engineSockets: [] });

function workspace(name: string, directory: string): Promise<number> {
  const configuration = { broker: { type: 'host', host_path: directory } };
  return addWorkspace(world.db, context(), { name, title: name, configuration }, 'tests');
}

const draft = {
  name: 'three-outputs',
  outputs: [
    { name: 'SCENES', pattern: '*.tif', multiple: true },
    { name: 'REPORT', pattern: 'sub/*.txt' },
    { name: 'LOG', pattern: '*.log' },
  ],
  script:
    'cd $OUTPUT_DIR; mkdir sub; echo 1 > 1.tif; echo 2 > 2.tif; echo r > sub/r.txt; echo l > l.log; echo s > stray',
};

async function run(output_workspaces: object): Promise<{ workspace: string; path: string }[]> {
  const job = await world.submit(await world.type(draft, image, { output_workspaces }));
  expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
  const rows = await world.query<{ workspace: string; path: string; content: string }>(
    `select w.name as workspace, w.json_config #>> '{broker,host_path}' || '/' || f.file_path as path
     from scale_file f join workspace w on w.id = f.workspace_id where f.job_id = $1 order by f.file_name`,
    [job],
  );
  expect(rows).toHaveLength(4);
  for (const row of rows) expect((await readFile(row.path, 'utf8'))[0]).toBe(path.basename(row.path)[0]);
  return rows;
}

const names = (rows: readonly { workspace: string }[]) => rows.map((row) => row.workspace);
const files = async (directory: string) =>
  (await tree(directory)).filter((name) => !name.endsWith('/')).map((name) => path.basename(name));

describe('the files of a job', () => {
  it('go to the managed workspace unless another is named', async () => {
    expect(names(await run({}))).toEqual(['seedbed', 'seedbed', 'seedbed', 'seedbed']);
    expect(names(await run({ default: 'all' }))).toEqual(['all', 'all', 'all', 'all']);
  });

  it('go to the workspace of their output, on whatever disk, and are nowhere else', async () => {
    await rm(`${root}/a`, { recursive: true });
    await mkdir(`${root}/a`);
    const rows = await run({ default: 'all', outputs: { REPORT: 'reports', LOG: 'far' } });
    expect(names(rows)).toEqual(['all', 'all', 'far', 'reports']);
    expect(await files(`${root}/a`)).toEqual(['1.tif', '2.tif', 'stray']);
    expect(await files(`${root}/b`)).toEqual(['r.txt']);
    expect(await files(otherDisk)).toEqual(['l.log']);
  });

  it('stay where they are when two workspaces are one directory', async () => {
    expect(names(await run({ default: 'all', outputs: { LOG: 'same' } }))).toEqual([
      'all',
      'all',
      'same',
      'all',
    ]);
  });

  it('stay out of a workspace that leads elsewhere since it was configured, and the job says so', async () => {
    const type = await world.type(draft, image, {
      output_workspaces: { default: 'reports' },
      retry: { max_tries: 1 },
    });
    await rm(`${root}/b`, { recursive: true });
    await symlink(world.home, `${root}/b`);
    expect(await world.ended(await world.submit(type))).toEqual({
      status: 'FAILED',
      error: 'workspace-unusable',
    });
    await rm(`${root}/b`);
    await mkdir(`${root}/b`);
    await world.clear();
  });

  it('stay out of a workspace that was deprecated, until it is active again', async () => {
    const id = await workspace('old', `${root}/b`);
    const type = await world.type(draft, image, {
      output_workspaces: { default: 'old' },
      retry: { max_tries: 1 },
    });
    const change = async (is_active: boolean) =>
      saveWorkspace(world.db, context(), (await workspaceDetails(world.db, id))!, { is_active });
    await change(false);
    expect(await world.ended(await world.submit(type))).toEqual({
      status: 'FAILED',
      error: 'workspace-unusable',
    });
    await world.clear();
    await change(true);
    expect(names(await run({ default: 'old' }))).toEqual(['old', 'old', 'old', 'old']);
  });
});
