import { mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { quickTiming } from '../../../test/support/strike-timing.ts';
import { described, describedBy, writeDescribed } from '../../../test/support/described-files.ts';
import { filesBelow, IngestWorld, until } from '../../../test/support/ingest-engine-world.ts';

let world: IngestWorld;
let root: string;
beforeEach(async () => {
  world = await IngestWorld.open();
  ({ root } = await world.workspace('archive'));
  await mkdir(path.join(root, 'sub'));
  for (const name of ['a.tif', 'b.txt', 'c_tmp', 'sub/d.tif']) await writeFile(path.join(root, name), name);
});
afterEach(() => world.close());

const rules = [{ filename_regex: '.*\\.tif' }, { filename_regex: 'never' }];

function completed(id: number): Promise<Record<string, unknown>> {
  return until(async () => {
    const [row] = await world.db.query('select * from scan where id = $1', [id]);
    return row!.status === 'COMPLETED' ? row : undefined;
  });
}

describe('a scan', () => {
  it('says in a dry run what would become of the files, and does nothing', async () => {
    const id = await world.scan('dry_run', { workspace: 'archive', files_to_ingest: rules });
    world.start();
    expect(await completed(id)).toMatchObject({
      file_count: 2,
      report: {
        rules: [
          { filename_regex: '.*\\.tif', files: 2, bytes: 14, examples: ['a.tif', 'sub/d.tif'] },
          { filename_regex: 'never', files: 0, bytes: 0, examples: [] },
        ],
        unmatched: { files: 1, bytes: 5, examples: ['b.txt'] },
        known: { files: 0, bytes: 0, examples: [] },
        seen: { files: 3, bytes: 19 },
      },
    });
    expect(await world.ingests()).toEqual([]);
  });

  it('reads what describes the files that it moves, and that stays behind', async () => {
    await world.workspace('store');
    const expected = await writeDescribed(path.join(root, 'sub'));
    const rule = { filename_regex: described, new_workspace: 'store', new_file_path: 'in' };
    const id = await world.scan('ingest', {
      ...{ workspace: 'archive', files_to_ingest: [rule], footprint: true },
    });
    world.start();
    await completed(id);
    expect(await describedBy(world)).toEqual(expected);
  });

  it('ingests in place, once: a second scan finds what is known', async () => {
    const first = await world.scan('ingest', { workspace: 'archive', files_to_ingest: rules });
    world.start();
    expect(await completed(first)).toMatchObject({ file_count: 2, problem: null });
    const rows = await world.ended(2);
    expect(rows.map((row) => [row.file_path, row.status])).toEqual([
      ['a.tif', 'INGESTED'],
      ['sub/d.tif', 'INGESTED'],
    ]);
    expect(await filesBelow(root)).toEqual(['a.tif', 'b.txt', 'c_tmp', 'sub/d.tif']);
    const dry = await world.scan('dry_run', { workspace: 'archive', files_to_ingest: rules });
    expect(await completed(dry)).toMatchObject({ report: { known: { files: 2 } } });
    const second = await world.scan('ingest', { workspace: 'archive', files_to_ingest: rules });
    await completed(second);
    expect((await world.ended(4)).slice(2).map(({ status }) => status)).toEqual(['DUPLICATE', 'DUPLICATE']);
    expect(await filesBelow(root)).toEqual(['a.tif', 'b.txt', 'c_tmp', 'sub/d.tif']);
    expect(await world.db.query('select from scale_file')).toHaveLength(2);
  });

  it('does not take what it has moved for new, and stays in one directory where it is told to', async () => {
    const moving = [{ filename_regex: '.*', new_file_path: 'z' }];
    const flat = await world.scan('ingest', {
      ...{ workspace: 'archive', files_to_ingest: moving, recursive: false },
    });
    world.start();
    await completed(flat);
    const deep = await world.scan('ingest', { workspace: 'archive', files_to_ingest: moving });
    await completed(deep);
    const rows = await world.ended(3);
    expect(rows.filter(({ status }) => status === 'INGESTED').map((row) => row.file_path)).toEqual([
      'a.tif',
      'b.txt',
      'sub/d.tif',
    ]);
    expect(await world.db.query('select from scale_file where not is_superseded')).toHaveLength(3);
  });

  it('keeps both of two files of one name that are to go to one place, and replaces an earlier version only', async () => {
    await mkdir(path.join(root, 'other'));
    await writeFile(path.join(root, 'other/d.tif'), 'another d');
    const moving = [{ filename_regex: '.*d\\.tif', new_file_path: 'z' }];
    const first = await world.scan('ingest', { workspace: 'archive', files_to_ingest: moving });
    world.start();
    await completed(first);
    await writeFile(path.join(root, 'sub/d.tif'), 'a newer sub/d');
    await completed(await world.scan('ingest', { workspace: 'archive', files_to_ingest: moving }));
    const kept = await world.db.query<{ file_path: string; file_size: number }>(
      'select file_path, file_size from scale_file where not is_superseded order by file_size',
    );
    expect(kept.map(({ file_size }) => file_size)).toEqual([9, 13]);
    expect(kept.filter(({ file_path }) => /^z\/\d{4}\/\d\d\/\d\d\/d\.tif$/.test(file_path))).toHaveLength(1);
    for (const { file_path, file_size } of kept)
      expect((await stat(path.join(root, file_path))).size).toBe(file_size);
  });

  it('puts off what is written still, also when another process goes on, and takes it when it is complete', async () => {
    const id = await world.scan('ingest', { workspace: 'archive', files_to_ingest: rules });
    const complete = (name: string) => utimes(path.join(root, name), 1, 1);
    await complete('sub/d.tif');
    // Two looks at a file are never far enough apart.
    const timing = { apart: 3_600_000 };
    const first = world.start({ timing: { ...quickTiming, ...timing } });
    expect((await world.ended(1)).map((row) => row.file_path)).toEqual(['sub/d.tif']);
    await writeFile(path.join(root, 'a.tif'), 'a.tif has grown');
    await first.stop();
    const [row] = await world.db.query('select status, position from scan where id = $1', [id]);
    expect(row).toEqual({ status: 'RUNNING', position: null });
    world.start({ timing: { ...quickTiming, ...timing } });
    await complete('a.tif');
    await complete('b.txt');
    expect(await completed(id)).toMatchObject({ file_count: 2 });
    expect((await world.ended(2)).map((one) => [one.file_path, one.status, one.file_size])).toEqual([
      ['sub/d.tif', 'INGESTED', 9],
      ['a.tif', 'INGESTED', 15],
    ]);
  });

  it('leaves out links', async () => {
    await symlink('sub/d.tif', path.join(root, 'link.tif'));
    const dry = await world.scan('dry_run', { workspace: 'archive', files_to_ingest: rules });
    world.start();
    expect(await completed(dry)).toMatchObject({ file_count: 2, report: { seen: { files: 3 } } });
    await completed(await world.scan('ingest', { workspace: 'archive', files_to_ingest: rules }));
    expect((await world.ended(2)).map((row) => [row.file_path, row.status])).toEqual([
      ['a.tif', 'INGESTED'],
      ['sub/d.tif', 'INGESTED'],
    ]);
  });

  it('is left when it is canceled', async () => {
    const id = await world.scan('ingest', { workspace: 'missing' });
    world.start();
    const problem = await until(async () => {
      const [row] = await world.db.query<{ problem: string | null }>(
        'select problem from scan where id = $1',
        [id],
      );
      return row!.problem ?? undefined;
    });
    expect(problem).toBe('there is no workspace missing that can be used');
    await world.db.query(`update scan set status = 'CANCELED' where id = $1`, [id]);
    await world.workspace('missing');
    const other = await world.scan('ingest', { workspace: 'archive', files_to_ingest: rules });
    await completed(other);
    const [row] = await world.db.query('select status from scan where id = $1', [id]);
    expect(row).toEqual({ status: 'CANCELED' });
  });
});
