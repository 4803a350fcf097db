import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tree } from '../../test/support/cli-files.ts';
import { completed, harvested, result, runningJob } from '../../test/support/completion.ts';
import { withDatabase } from '../../test/support/connected.ts';
import { filesById, leftovers, noteLeftovers, registerSources, removeLeftover } from '../catalog/index.ts';
import type { Database } from '../database/index.ts';
import { finish } from '../jobs/index.ts';
import { HostWorkspace, type LocalWorkspace, type Workspace } from '../workspace/index.ts';
import { complete, type Completion, type Places, publishElsewhere } from './index.ts';

let db: Database;
let machine: LocalWorkspace;
let directory: string;
withDatabase((connected, local) => {
  db = connected;
  machine = local;
});
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
});
afterEach(() => rm(directory, { recursive: true }));

let workspaces = 0;

/** A directory as a workspace. @param isRemote nobody takes it for one */
async function newWorkspace(name: string, isRemote = false): Promise<HostWorkspace> {
  const root = path.join(directory, name);
  await mkdir(root);
  const [row] = await db.query<{ id: number }>(
    'insert into workspace (name, json_config) values ($1, $2) returning id',
    [`${name}-${++workspaces}`, { broker: { type: isRemote ? 's3' : 'host', host_path: root } }],
  );
  const workspace = new HostWorkspace({ id: row!.id, name, root });
  return isRemote ? Object.defineProperty(workspace, 'kind', { value: 's3' }) : workspace;
}

const abc = { sha256: createHash('sha256').update('abc').digest('hex') };

describe('products of a workspace that is no directory', () => {
  it('are put there before the transaction, under the same names again, and cost nothing of OUTPUT_DIR', async () => {
    const remote = await newWorkspace('remote', true);
    const work = await runningJob(db, machine, directory, ['a.txt', 'b.txt']);
    const output = path.join(directory, 'out');
    const places: Places = {
      main: { workspace: remote, directory: 'jobs/x' },
      elsewhere: new Map([['B', work.places.main]]),
    };
    const files = [harvested('a.txt', abc), harvested('b.txt', { ...abc, outputs: ['B'] })];
    await publishElsewhere(output, files, places, 'x/1');
    const versions = await publishElsewhere(output, files, places, 'x/1');
    expect(await tree(path.join(directory, 'remote'))).toEqual(['jobs/', 'jobs/x/', 'jobs/x/a.txt']);
    expect(await tree(output)).toEqual(['a.txt', 'b.txt']);
    await noteLeftovers(db, work.execution.id, remote.id, 'jobs/x');
    const products = await completed(db, { ...work, places, versions }, result({ files }));
    const [a] = products.get('OUT')!;
    expect(a).toMatchObject({ file_path: 'jobs/x/a.txt', workspace: { id: remote.id }, sha256: abc.sha256 });
    expect(a!.file_stat).toBe((await remote.stat('jobs/x/a.txt'))!.version);
    expect(products.get('B')).toMatchObject([{ workspace: { id: machine.id } }]);
    expect(await leftovers(db, 0)).toEqual([]);
  });

  it('refuses what changed on its way', async () => {
    const remote = await newWorkspace('remote', true);
    const { places } = await runningJob(db, machine, directory, ['a.txt']);
    const elsewhere = { ...places, main: { workspace: remote, directory: 'x' } };
    const put = publishElsewhere(path.join(directory, 'out'), [harvested('a.txt')], elsewhere, 'x');
    await expect(put).rejects.toMatchObject({ error: 'content-mismatch' });
    expect((await tree(path.join(directory, 'remote'))).filter((name) => name.includes('a.txt'))).toEqual([]);
  });

  it('are removed when no row came to name them', async () => {
    const remote = await newWorkspace('remote', true);
    const { execution, places, ...work } = await runningJob(db, machine, directory, ['a.txt', 'b.txt']);
    const files = [harvested('a.txt', abc), harvested('b.txt', abc)];
    const elsewhere = { ...places, main: { workspace: remote, directory: 'x' } };
    await noteLeftovers(db, execution.id, remote.id, 'x');
    const versions = await publishElsewhere(path.join(directory, 'out'), files, elsewhere, 'x');
    expect(await leftovers(db, 0)).toEqual([]); // it runs
    const completion = { ...work, execution, places: elsewhere, versions };
    await complete(db, completion, result({ files: files.slice(0, 1) }));
    // As if it had been put there by one that died, for an execution that ended otherwise.
    await noteLeftovers(db, execution.id, remote.id, 'x');
    expect(await leftovers(db, 3600)).toEqual([]);
    const [left] = await leftovers(db, 0);
    await removeLeftover(db, remote, left!);
    expect(await tree(path.join(directory, 'remote'))).toEqual(['x/', 'x/a.txt']);
    expect(await leftovers(db, 0)).toEqual([]);
  });
});

describe('an input that its job wants elsewhere', () => {
  let workspace: HostWorkspace;
  let work: Completion;
  let id: number;

  /** A running job whose input lies in a workspace of its own, as `in/a`. */
  async function begin(isRemote: boolean): Promise<void> {
    workspace = await newWorkspace('sources', isRemote);
    await mkdir(path.join(directory, 'sources/in'));
    const file = path.join(directory, 'sources/in/a');
    await writeFile(file, 'content');
    const { mtimeNs, ino: inode, size } = await stat(file, { bigint: true });
    const local = new HostWorkspace({ id: workspace.id, name: 'sources', root: workspace.hostPath('') });
    const [input] = await registerSources(db, local, [{ path: file, size: Number(size), mtimeNs, inode }]);
    id = input!.id;
    const running = await runningJob(db, machine, directory, []);
    const workspaceOf = async (): Promise<Workspace> => workspace;
    work = { ...running, inputs: new Map([['IN', [input!]]]), pathOf: () => undefined, workspaceOf };
  }

  const wanting = (newWorkspacePath: string) =>
    result({ parsedInputs: new Map([['IN', { geometry: null, metaData: {}, newWorkspacePath }]]) });
  const warningsOf = async () =>
    (
      await db.query<{ warnings: { name: string; description: string }[] }>(
        'select warnings from job_exe where id = $1',
        [work.execution.id],
      )
    )[0]!.warnings.map(({ name, description }) => `${name}: ${description}`);
  const files = () => tree(path.join(directory, 'sources'));

  it.each([false, true])('goes there, with its row (remote: %s)', async (isRemote) => {
    await begin(isRemote);
    await complete(db, work, wanting('parsed/2020/b'));
    expect(await filesById(db, [id])).toMatchObject([
      {
        file_path: 'parsed/2020/b',
        file_name: 'b',
        file_stat: (await workspace.stat('parsed/2020/b'))!.version,
      },
    ]);
    expect(await readFile(workspace.hostPath('parsed/2020/b'), 'utf8')).toBe('content');
    expect(await files()).toEqual(['in/', 'parsed/', 'parsed/2020/', 'parsed/2020/b']);
    expect(await leftovers(db, 0)).toEqual([]);
  });

  it('goes there once, whenever its runtime was killed', async () => {
    await begin(false);
    const fails = { ...work, json: new Map<string, unknown>(), jobTypeId: -1 };
    const both = { ...wanting('b'), files: [harvested('x')] };
    await writeFile(path.join(directory, 'out/x'), 'abc');
    await expect(complete(db, fails, both)).rejects.toThrow();
    expect(await files()).toEqual(['b', 'in/', 'in/a']);
    expect(await filesById(db, [id])).toMatchObject([{ file_path: 'in/a' }]);
    await complete(db, work, both);
    expect(await files()).toEqual(['b', 'in/']);
    expect(await warningsOf()).toEqual([]);
  });

  it('leaves nothing there when its execution ends otherwise', async () => {
    await begin(false);
    const fails = { ...work, jobTypeId: -1 };
    await writeFile(path.join(directory, 'out/x'), 'abc');
    await expect(complete(db, fails, { ...wanting('b'), files: [harvested('x')] })).rejects.toThrow();
    const failed = { status: 'FAILED' as const, exitCode: null, error: null, output: null, steps: [] };
    await finish(db, work.execution, { ...failed, stdoutPath: null, stderrPath: null });
    for (const left of await leftovers(db, 0)) await removeLeftover(db, workspace, left);
    expect(await files()).toEqual(['in/', 'in/a']);
  });

  it('keeps its old name while another job is about to read it, and loses it later', async () => {
    await begin(false);
    const other = await runningJob(db, machine, directory, []);
    await db.query('update job_input_file set input_file_id = $2 where job_id = $1', [
      other.execution.jobId,
      id,
    ]);
    await complete(db, work, wanting('b'));
    expect(await files()).toEqual(['b', 'in/', 'in/a']);
    for (const left of await leftovers(db, 0)) await removeLeftover(db, workspace, left);
    expect(await files()).toEqual(['b', 'in/']);
  });

  it.each([
    ['../b', 'no path inside'],
    ['/b', 'no path inside'],
    ['x/../b', 'no path inside'],
    ['b/', 'no path inside'],
    ['there', 'another file is there'],
  ])('stays where it is rather than go to %s', async (wanted, why) => {
    await begin(false);
    await writeFile(path.join(directory, 'sources/there'), 'other');
    await complete(db, work, wanting(wanted));
    expect(await filesById(db, [id])).toMatchObject([{ file_path: 'in/a', is_superseded: false }]);
    expect(existsSync(workspace.hostPath('in/a'))).toBe(true);
    expect(await readFile(workspace.hostPath('there'), 'utf8')).toBe('other');
    expect(await warningsOf()).toEqual([expect.stringMatching(`^input-not-moved: IN .*${why}`)]);
  });

  it('is not moved when it is a product, or a file of a machine', async () => {
    await begin(false);
    await db.query(`update scale_file set file_type = 'PRODUCT' where id = $1`, [id]);
    const inputs = new Map([['IN', await filesById(db, [id])]]);
    await complete(db, { ...work, inputs }, wanting('b'));
    expect(await warningsOf()).toEqual([expect.stringContaining('only source files')]);
    await begin2();
    expect(await warningsOf()).toEqual([expect.stringContaining('by their path on a machine')]);

    async function begin2(): Promise<void> {
      const running = await runningJob(db, machine, directory, []);
      work = { ...running, workspaceOf: async () => machine };
      await complete(db, work, wanting('tmp/seedbed-moved'));
      expect(existsSync('/tmp/seedbed-moved')).toBe(false);
    }
  });
});
