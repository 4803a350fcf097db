import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { completed, harvested, result, runningJob } from '../../test/support/completion.ts';
import { withDatabase } from '../../test/support/connected.ts';
import { filesById } from '../catalog/index.ts';
import type { Database } from '../database/index.ts';
import { finish } from '../jobs/index.ts';
import type { LocalWorkspace } from '../workspace/index.ts';
import { complete, publish } from './index.ts';

let db: Database;
let workspace: LocalWorkspace;
let directory: string;
withDatabase((connected, local) => {
  db = connected;
  workspace = local;
});
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const job = (products: readonly string[]) => runningJob(db, workspace, directory, products);

describe('complete', () => {
  it('makes products, lineage, the inputs’ own metadata and the end of the job one fact', async () => {
    const work = await job(['a.txt', 'b.txt']);
    const metadata = {
      geometry: { type: 'Point' as const, coordinates: [1, 2] },
      bbox: { west: 1, south: 2, east: 1, north: 2 },
      dataStarted: '2019-10-14T00:00:00.000000Z',
      dataEnded: '2019-10-14T00:01:00.000000Z',
      sourceSensor: 'OLI',
      dataTypes: ['one'],
      metaData: { colour: 'red' },
    };
    const products = await completed(
      db,
      work,
      result({
        files: [harvested('a.txt', { metadata }), harvested('b.txt', { outputs: ['OUT', 'B'] })],
        json: { count: 2 },
        parsedInputs: new Map([['IN', { geometry: null, metaData: { parsed: true } }]]),
        inputChecksums: new Map([[path.join(directory, 'input.txt'), 'c'.repeat(64)]]),
      }),
    );
    const [a, b] = products.get('OUT')!;
    expect(a).toMatchObject({
      file_type: 'PRODUCT',
      file_name: 'a.txt',
      geometry: metadata.geometry,
      center_point: { x: 1, y: 2 },
      data_started: '2019-10-14T00:00:00.000000Z',
      source_sensor: 'OLI',
      data_type_tags: ['one'],
      meta_data: { colour: 'red' },
      job: { id: work.execution.jobId },
      job_exe: { id: work.execution.id },
      job_output: 'OUT',
    });
    expect(b).toMatchObject({ file_name: 'b.txt', job_output: 'B', sha256: 'a'.repeat(64) });
    expect(products.get('B')!.map((file) => file.id)).toEqual([b!.id]);
    const links = await db.query(
      'select descendant_id from file_ancestry_link where ancestor_id = $1 order by 1',
      [work.input.id],
    );
    expect(links).toEqual([{ descendant_id: a!.id }, { descendant_id: b!.id }]);
    expect((await filesById(db, [work.input.id]))[0]).toMatchObject({
      meta_data: { parsed: true },
      sha256: 'c'.repeat(64),
    });
    const [row] = await db.query('select status, output from job where id = $1', [work.execution.jobId]);
    expect(row).toEqual({
      status: 'COMPLETED',
      output: { version: '7', files: { OUT: [a!.id, b!.id], B: [b!.id] }, json: { count: 2 } },
    });
  });

  it('gives the same job, name and inputs the same product identity, and a new version id', async () => {
    const first = (await completed(db, await job(['p.txt']), result({ files: [harvested('p.txt')] }))).get(
      'OUT',
    )![0]!;
    const again = (await completed(db, await job(['p.txt']), result({ files: [harvested('p.txt')] }))).get(
      'OUT',
    )![0]!;
    expect(again.id).not.toBe(first.id);
    const [versions] = await db.query<{ uuids: number; versions: number; current: number }>(
      `select count(distinct uuid)::int as uuids, count(distinct version_id)::int as versions,
         count(*) filter (where not is_superseded)::int as current from scale_file where id = any($1)`,
      [[first.id, again.id]],
    );
    expect(versions).toEqual({ uuids: 1, versions: 2, current: 1 });
  });

  it('changes nothing for an execution that is no longer ours', async () => {
    const work = await job(['late.txt']);
    const ending = {
      status: 'FAILED' as const,
      exitCode: null,
      error: null,
      output: null,
      steps: [],
      stdoutPath: null,
      stderrPath: null,
    };
    await finish(db, work.execution, ending);
    expect(await complete(db, work, result({ files: [harvested('late.txt')] }))).toBeUndefined();
    expect(await db.query(`select 1 from scale_file where file_name = 'late.txt'`)).toEqual([]);
  });

  it('keeps nothing when any part of it fails', async () => {
    const work = await job(['half.txt']);
    const reversed = {
      geometry: null,
      dataStarted: '2020-01-02T00:00:00Z',
      dataEnded: '2020-01-01T00:00:00Z',
      metaData: {},
    };
    const files = [harvested('half.txt')];
    const parsedInputs = new Map([['IN', reversed]]);
    await expect(complete(db, work, result({ files, parsedInputs }))).rejects.toThrow();
    expect(await db.query(`select 1 from scale_file where file_name = 'half.txt'`)).toEqual([]);
    expect(await db.query('select status from job where id = $1', [work.execution.jobId])).toEqual([
      { status: 'RUNNING' },
    ]);
  });

  it('records the failure of a failed job, without output', async () => {
    const work = await job([]);
    const error = {
      name: 'timeout',
      title: 'Timeout',
      category: 'job' as const,
      message: 'm',
      code: 'SB2003',
    };
    await complete(db, work, result({ status: 'failed', exitCode: 143, error }));
    const [row] = await db.query('select status, exit_code, error, output from job_exe where id = $1', [
      work.execution.id,
    ]);
    expect(row).toEqual({ status: 'FAILED', exit_code: 143, error, output: null });
  });

  it('catalogues thousands of products in their order', async () => {
    const names = Array.from({ length: 1203 }, (_, index) => `${String(index).padStart(5, '0')}.txt`);
    const products = await completed(
      db,
      await job(names),
      result({ files: names.map((name) => harvested(name)) }),
    );
    expect(products.get('OUT')!.map((file) => file.file_name)).toEqual(names);
  });

  it('takes over what the inputs say of their source, unless the product says it itself', async () => {
    const work = await job(['s.txt', 't.txt']);
    const input = {
      ...work.input,
      source_started: '2001-01-01T00:00:00.000000Z',
      source_sensor: 'ETM',
      source_task: 'T',
    };
    const own = { geometry: null, sourceSensor: 'OLI', metaData: {} };
    const products = await completed(
      db,
      { ...work, inputs: new Map([['IN', [input]]]) },
      result({ files: [harvested('s.txt'), harvested('t.txt', { metadata: own })] }),
    );
    expect(products.get('OUT')).toEqual([
      expect.objectContaining({
        source_started: input.source_started,
        source_sensor: 'ETM',
        source_task: 'T',
      }),
      expect.objectContaining({ source_sensor: 'OLI', source_task: 'T' }),
    ]);
  });
});

describe('publish', () => {
  it('moves everything of OUTPUT_DIR, whatever its name', async () => {
    const [output, destination] = [path.join(directory, 'output'), path.join(directory, 'final')];
    await mkdir(path.join(output, 'sub dir'), { recursive: true });
    await mkdir(destination);
    await writeFile(path.join(output, 'sub dir', 'x'), '1');
    await writeFile(path.join(output, '.hidden\n"name"'), '2');
    await writeFile(Buffer.concat([Buffer.from(`${output}/a`), Buffer.from([0xff])]), '3');
    await publish(workspace, output, destination);
    expect((await readdir(destination)).sort()).toEqual(['.hidden\n"name"', 'a%FF', 'sub dir']);
    expect(await readdir(output)).toEqual([]);
  });

  it('moves more names than are read at once', async () => {
    const [output, destination] = [path.join(directory, 'output'), path.join(directory, 'final')];
    await mkdir(output);
    await mkdir(destination);
    const names = Array.from({ length: 600 }, (_, n) => `f${1000 + n}`);
    for (const name of names) await writeFile(path.join(output, name), name);
    const odd = (n: number) => Buffer.concat([Buffer.from(`${output}/o${n}`), Buffer.from([0xff])]);
    for (let n = 0; n < 3; n++) await writeFile(odd(n), '');
    await publish(workspace, output, destination);
    expect((await readdir(destination)).sort()).toEqual([...names, 'o0%FF', 'o1%FF', 'o2%FF']);
    expect(await readdir(output)).toEqual([]);
  });
});
