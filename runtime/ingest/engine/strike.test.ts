import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { described, describedBy, writeDescribed } from '../../../test/support/described-files.ts';
import { filesBelow, IngestWorld, until } from '../../../test/support/ingest-engine-world.ts';

let world: IngestWorld;
let root: string;
beforeEach(async () => {
  world = await IngestWorld.open();
  ({ root } = await world.workspace('arrivals'));
});
afterEach(() => world.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const date = new Date().toISOString().slice(0, 10).replaceAll('-', '/');

/** Of so many each waits for the others; who comes later goes on. */
function meeting(count: number): () => Promise<void> {
  let open = () => {};
  const all = new Promise<void>((resolve) => (open = resolve));
  let come = 0;
  return () => {
    if (++come === count) open();
    return all;
  };
}

interface CataloguedFile {
  readonly id: number;
  readonly uuid: string;
  readonly file_path: string;
  readonly sha256: string;
  readonly data_type_tags: string[];
  readonly is_superseded: boolean;
  readonly workspace: string;
}

function catalogued(): Promise<CataloguedFile[]> {
  return world.db.query<CataloguedFile>(
    'select f.*, w.name as workspace from scale_file f join workspace w on w.id = f.workspace_id order by f.id',
  );
}

describe('a strike on a directory', () => {
  it('takes what is complete, tags it and moves it, and starts its recipe', async () => {
    await world.recipeType('detect');
    const target = await world.workspace('scenes');
    const rule = {
      filename_regex: '.*\\.tif$',
      data_types: ['scene'],
      new_workspace: 'scenes',
      new_file_path: 'new',
    };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule], recipe: { name: 'detect' } });
    await writeFile(path.join(root, 'a.tif'), 'content of a');
    world.start();
    const [row] = await world.ended(1);
    expect(row).toMatchObject({
      ...{ file_name: 'a.tif', file_path: 'a.tif', status: 'INGESTED', reason: null, file_size: 12 },
      ...{ sha256: sha256('content of a'), data_type_tags: ['scene'], new_file_path: `new/${date}/a.tif` },
      ...{ bytes_transferred: 12, tries: 1 },
    });
    for (const time of ['transfer_started', 'transfer_ended', 'ingest_started', 'ingest_ended'] as const)
      expect(row![time]).toMatch(/^2\d{3}-/);
    expect(await readFile(path.join(target.root, `new/${date}/a.tif`), 'utf8')).toBe('content of a');
    expect(await filesBelow(root)).toEqual([]);
    const [file] = await catalogued();
    expect(file).toMatchObject({ id: row!.source_file_id, workspace: 'scenes', data_type_tags: ['scene'] });
    const recipes = await world.db.query('select id, input, created_by from recipe');
    expect(recipes).toEqual([
      expect.objectContaining({
        id: row!.recipe_id,
        input: { version: '7', files: { SCENE: [file!.id] }, json: {} },
      }),
    ]);
  });

  it('leaves a file without a new place in ingesting/, and puts one that no rule matches into deferred/', async () => {
    await world.strike({ workspace: 'arrivals', files_to_ingest: [{ filename_regex: 'good' }] });
    await writeFile(path.join(root, 'good'), 'g');
    await writeFile(path.join(root, 'odd'), 'o');
    world.start();
    const rows = await world.ended(2);
    expect(Object.fromEntries(rows.map(({ file_name, status }) => [file_name, status]))).toEqual({
      good: 'INGESTED',
      odd: 'DEFERRED',
    });
    expect(rows.find(({ file_name }) => file_name === 'odd')!.reason).toBe('no rule matches its name');
    await until(async () => ((await filesBelow(root)).includes('deferred/odd') ? true : undefined));
    expect(await filesBelow(root)).toEqual(['deferred/odd', 'ingesting/good']);
    expect((await catalogued()).map((file) => file.file_path)).toEqual(['ingesting/good']);
  });

  it('takes a file out of deferred/ that is put back once a rule matches it', async () => {
    const id = await world.strike({ workspace: 'arrivals', files_to_ingest: [{ filename_regex: 'good' }] });
    await writeFile(path.join(root, 'odd'), 'o');
    world.start();
    await until(async () => ((await filesBelow(root)).includes('deferred/odd') ? true : undefined));
    await world.db.query(
      `update strike set configuration = jsonb_set(configuration, '{files_to_ingest,0,filename_regex}', '"odd"') where id = $1`,
      [id],
    );
    world.db.notify('ingest');
    // As long as the old rules are in force, it is put into deferred/ again.
    const [row] = await until(async () => {
      await rename(path.join(root, 'deferred/odd'), path.join(root, 'odd')).catch(() => undefined);
      const rows = await world.ingests();
      return rows[0]?.status === 'INGESTED' ? rows : undefined;
    });
    expect(row).toMatchObject({ file_name: 'odd', reason: null });
    expect(await filesBelow(root)).toEqual(['ingesting/odd']);
  });

  it('shows a transfer, and takes the file when its suffix is gone', async () => {
    await world.strike({ workspace: 'arrivals', monitor: { type: 'dir-watcher', transfer_suffix: '_tmp' } });
    world.start();
    // As a suffix: Python's rstrip took "stam" of it, too.
    const growing = path.join(root, 'stamp_tmp');
    await writeFile(growing, 'be');
    const seen = (bytes: number) =>
      until(async () => {
        const [row] = await world.ingests();
        return row?.bytes_transferred === bytes ? row : undefined;
      });
    expect(await seen(2)).toMatchObject({ file_name: 'stamp', status: 'TRANSFERRING', transfer_ended: null });
    await writeFile(growing, 'beginning');

    await seen(9);
    await rename(growing, path.join(root, 'stamp'));
    const rows = await world.ended(1);
    expect(rows).toEqual([
      expect.objectContaining({ file_name: 'stamp', status: 'INGESTED', sha256: sha256('beginning') }),
    ]);
  });

  it('says of a transfer whose file went away that it was broken off', async () => {
    await world.strike({ workspace: 'arrivals' });
    await writeFile(path.join(root, 'a_tmp'), 'a');
    world.start();
    await until(async () => ((await world.ingests()).length === 1 ? true : undefined));
    await rm(path.join(root, 'a_tmp'));
    expect(await world.ended(1)).toEqual([
      expect.objectContaining({
        file_name: 'a',
        status: 'ERRORED',
        reason: 'the file went away before it was complete',
      }),
    ]);
  });

  it('knows a file again by its content, and makes a new version of another one', async () => {
    const rule = { filename_regex: '.*', new_file_path: 'kept' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule] });
    world.start();
    const send = async (text: string, count: number) => {
      await writeFile(path.join(root, 'daily_tmp'), text);
      await rename(path.join(root, 'daily_tmp'), path.join(root, 'daily'));
      return (await world.ended(count)).at(-1)!;
    };
    const first = await send('one', 1);
    const again = await send('one', 2);
    expect(again).toMatchObject({
      status: 'DUPLICATE',
      source_file_id: first.source_file_id,
      reason: `it is the file ${first.source_file_id} of the catalogue`,
    });
    const other = await send('two', 3);
    expect(other.status).toBe('INGESTED');
    const files = await catalogued();
    expect(files.map((file) => [file.id, file.is_superseded])).toEqual([
      [first.source_file_id, true],
      [other.source_file_id, false],
    ]);
    expect(files[1]!.uuid).toBe(files[0]!.uuid);
    expect(await filesBelow(root)).toEqual([`kept/${date}/daily`]);
    expect(await readFile(path.join(root, `kept/${date}/daily`), 'utf8')).toBe('two');
  });

  it('gives a new version a place of its own as long as the old one is needed', async () => {
    await world.recipeType('detect');
    await world.workspace('store');
    const rule = { filename_regex: '.*', new_workspace: 'store' };
    const inPlace = { filename_regex: 'stays' };
    await world.strike({
      ...{ workspace: 'arrivals', files_to_ingest: [inPlace, rule], recipe: { name: 'detect' } },
    });
    world.start();
    for (const [count, name, text] of [
      [1, 'a.png', 'old a'],
      [2, 'stays', 'old'],
      [3, 'a.png', 'a new one'],
      [4, 'stays', 'another'],
    ] as const) {
      await writeFile(path.join(root, name), text);
      await world.ended(count);
    }
    const ids = (await world.ingests()).map(({ id }) => id);
    const files = await catalogued();
    expect(files.map((file) => [file.workspace, file.file_path, file.is_superseded])).toEqual([
      ['store', 'a.png', true],
      ['arrivals', 'ingesting/stays', true],
      ['store', `ingest_${ids[2]}/a.png`, false],
      ['arrivals', `ingesting/ingest_${ids[3]}/stays`, false],
    ]);
    expect(files.slice(2).map(({ uuid }) => uuid)).toEqual(files.slice(0, 2).map(({ uuid }) => uuid));
    for (const file of files)
      expect(sha256(await readFile(path.join(root, '..', file.workspace, file.file_path), 'utf8'))).toBe(
        file.sha256,
      );
  });

  it('supersedes a former version that stands elsewhere', async () => {
    const rule = { filename_regex: '.*', new_file_path: 'kept' };
    const id = await world.strike({ workspace: 'arrivals', files_to_ingest: [rule] });
    await writeFile(path.join(root, 'daily'), 'one');
    const ingest = world.start();
    const [first] = await world.ended(1);
    await ingest.stop();
    await world.db.query(
      `update strike set configuration = jsonb_set(configuration, '{files_to_ingest,0,new_file_path}', '"later"') where id = $1`,
      [id],
    );
    await writeFile(path.join(root, 'daily'), 'two');
    world.start();
    const rows = await world.ended(2);
    const files = await catalogued();
    expect(files).toEqual([
      expect.objectContaining({
        id: first!.source_file_id,
        is_superseded: true,
        file_path: `kept/${date}/daily`,
      }),
      expect.objectContaining({
        ...{ id: rows[1]!.source_file_id, is_superseded: false, file_path: `later/${date}/daily` },
        uuid: files[0]!.uuid,
      }),
    ]);
  });

  it('counts a file of the same name and size as a duplicate where it is told to, and keeps its bytes', async () => {
    const rule = { filename_regex: '.*', new_file_path: 'kept' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule], duplicates: 'name-and-size' });
    world.start();
    await writeFile(path.join(root, 'x'), 'one');
    await world.ended(1);
    await writeFile(path.join(root, 'x'), 'two');
    const rows = await world.ended(2);
    expect(rows.map(({ status }) => status)).toEqual(['INGESTED', 'DUPLICATE']);
    await until(async () => ((await filesBelow(root)).includes('deferred/x') ? true : undefined));
    expect(await readFile(path.join(root, `kept/${date}/x`), 'utf8')).toBe('one');
  });

  it('puts a catalogued file back whose bytes went away from its place', async () => {
    const rule = { filename_regex: '.*', new_file_path: 'kept' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule] });
    world.start();
    await writeFile(path.join(root, 'x'), 'one');
    await world.ended(1);
    await rename(path.join(root, `kept/${date}/x`), path.join(root, 'x'));
    const rows = await world.ended(2);
    expect(rows.map(({ status }) => status)).toEqual(['INGESTED', 'DUPLICATE']);
    expect(await filesBelow(root)).toEqual([`kept/${date}/x`]);
  });

  it('replaces no file that the catalogue does not know, but one that is the same', async () => {
    const { root: store } = await world.workspace('store');
    await mkdir(path.join(store, `in/${date}`), { recursive: true });
    await writeFile(path.join(store, `in/${date}/a`), 'precious');
    await writeFile(path.join(store, `in/${date}/b`), 'as long');
    await writeFile(path.join(store, `in/${date}/c`), 'the same');
    const rule = { filename_regex: '.*', new_workspace: 'store', new_file_path: 'in' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule] });
    await writeFile(path.join(root, 'a'), 'new');
    await writeFile(path.join(root, 'b'), 'the new');
    await writeFile(path.join(root, 'c'), 'the same');
    world.start();
    const rows = await world.ended(3);
    expect(rows.map(({ status }) => status)).toEqual(['INGESTED', 'INGESTED', 'INGESTED']);
    const idOf = (name: string) => rows.find(({ file_name }) => file_name === name)!.id;
    const own = (name: string) => `in/${date}/ingest_${idOf(name)}/${name}`;
    expect((await catalogued()).map((file) => file.file_path).sort()).toEqual(
      [own('a'), own('b'), `in/${date}/c`].sort(),
    );
    expect(await readFile(path.join(store, `in/${date}/a`), 'utf8')).toBe('precious');
    expect(await readFile(path.join(store, `in/${date}/b`), 'utf8')).toBe('as long');
    expect(await readFile(path.join(store, own('a')), 'utf8')).toBe('new');
  });

  it.each([
    ['free', []],
    ['of a file that both supersede', ['the first']],
  ])('loses nothing where two want one place at the same moment, which is %s', async (_what, before) => {
    const { root: store } = await world.workspace('store');
    const { root: others } = await world.workspace('others');
    const rule = { filename_regex: '.*', new_workspace: 'store' };
    const sources = ['arrivals', 'others'];
    const bring = async (contents: readonly string[]) => {
      for (const [at, content] of contents.entries())
        await writeFile(path.join([root, others][at]!, 'x'), content);
    };
    for (const workspace of sources) await world.strike({ workspace, files_to_ingest: [rule] });
    for (const content of before) {
      // Found by both before, so that both bring a new version of it.
      const early = world.start();
      await bring([content, content]);
      await world.ended(2);
      await world.db.query("update ingest set status = 'INGESTED'");
      await early.stop();
    }
    const former = before.length * 2;
    await bring(['one', 'the other']);
    const both = meeting(2);
    world.start({ reached: (step) => (step === 'compared' ? both() : undefined) });
    const rows = (await world.ended(former + 2)).slice(former);
    expect(rows.map(({ status }) => status)).toEqual(['INGESTED', 'INGESTED']);
    const files = (await catalogued()).filter(({ is_superseded: isSuperseded }) => !isSuperseded);
    expect(files.map((file) => file.sha256).sort()).toEqual(['one', 'the other'].map(sha256).sort());
    for (const file of files)
      expect(sha256(await readFile(path.join(store, file.file_path), 'utf8'))).toBe(file.sha256);
    expect(rows.map(({ tries }) => tries).sort()).toEqual([1, 2]);
    expect(await filesBelow(root)).toEqual([]);
    expect(await filesBelow(others)).toEqual([]);
  });

  it('keeps what somebody put to the place of a catalogued file, and both of what comes', async () => {
    const rule = { filename_regex: '.*', new_file_path: 'kept' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule] });
    world.start();
    await writeFile(path.join(root, 'x'), 'one');
    await world.ended(1);
    await writeFile(path.join(root, `kept/${date}/x`), 'somebody else wrote this');
    await writeFile(path.join(root, 'x'), 'one');
    const rows = await world.ended(2);
    expect(rows[1]).toMatchObject({
      status: 'ERRORED',
      reason: expect.stringMatching(/^it is the file \d+ of the catalogue, at whose place kept/),
    });
    await until(async () => ((await filesBelow(root)).includes('deferred/x') ? true : undefined));
    expect(await filesBelow(root)).toEqual(['deferred/x', `kept/${date}/x`]);
    expect(await readFile(path.join(root, `kept/${date}/x`), 'utf8')).toBe('somebody else wrote this');
  });

  it('replaces nothing in ingesting/ that the catalogue does not know', async () => {
    await world.strike({ workspace: 'arrivals' });
    world.start();
    await writeFile(path.join(root, 'first'), 'f');
    await world.ended(1);
    await writeFile(path.join(root, 'ingesting/x'), 'precious');
    await writeFile(path.join(root, 'x'), 'new');
    const [, row] = await world.ended(2);
    expect(row).toMatchObject({ status: 'INGESTED', new_file_path: `ingesting/ingest_${row!.id}/x` });
    expect(await readFile(path.join(root, 'ingesting/x'), 'utf8')).toBe('precious');
    expect(await readFile(path.join(root, row!.new_file_path!), 'utf8')).toBe('new');
  });

  it('moves nothing into a workspace that is no longer active, and says so', async () => {
    const { root: store } = await world.workspace('store');
    await world.db.query(`update workspace set is_active = false where name = 'store'`);
    const rule = { filename_regex: 'a', new_workspace: 'store' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule, { filename_regex: 'b' }] });
    for (const name of ['a', 'b']) await writeFile(path.join(root, name), name);
    world.start();
    const rows = await world.ended(2);
    expect(
      Object.fromEntries(rows.map(({ file_name, status, reason }) => [file_name, [status, reason]])),
    ).toEqual({
      a: ['DEFERRED', 'the workspace store, where it is to go, is no longer active'],
      b: ['INGESTED', null],
    });
    await until(async () => ((await filesBelow(root)).includes('deferred/a') ? true : undefined));
    expect(await filesBelow(store)).toEqual([]);
  });

  it.each(['ingesting', 'deferred'])('tells that a file is called %s, and waits', async (name) => {
    const id = await world.strike({ workspace: 'arrivals' });
    for (const one of [name, 'z']) await writeFile(path.join(root, one), one);
    world.start();
    const problem = await until(async () => {
      const [row] = await world.db.query<{ problem: string | null }>(
        'select problem from strike where id = $1',
        [id],
      );
      return row!.problem ?? undefined;
    });
    expect(problem).toBe(
      `a file called ${name} lies where a directory of that name has to be: give it another name, or put it elsewhere`,
    );
    expect(await world.ingests()).toEqual([]);
    await rename(path.join(root, name), path.join(root, 'renamed'));
    expect((await world.ended(2)).map(({ status }) => status)).toEqual(['INGESTED', 'INGESTED']);
  });

  it('puts a file of the same name and size into deferred/ also where the first one stays in ingesting/', async () => {
    await world.strike({ workspace: 'arrivals', duplicates: 'name-and-size' });
    world.start();
    await writeFile(path.join(root, 'a.dat'), 'one');
    await world.ended(1);
    await writeFile(path.join(root, 'a.dat'), 'two');
    const rows = await world.ended(2);
    expect(rows.map(({ status }) => status)).toEqual(['INGESTED', 'DUPLICATE']);
    await until(async () => ((await filesBelow(root)).includes('deferred/a.dat') ? true : undefined));
    expect(await readFile(path.join(root, 'ingesting/a.dat'), 'utf8')).toBe('one');
    expect(await readFile(path.join(root, 'deferred/a.dat'), 'utf8')).toBe('two');
  });

  it('reads the sidecar that a moved file leaves behind', async () => {
    await world.workspace('store');
    const rule = { filename_regex: '.*\\.tif$', new_workspace: 'store', new_file_path: 'in' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule], footprint: true });
    const sidecar = { type: 'Feature', geometry: { type: 'Point', coordinates: [7, 8] }, properties: {} };
    await writeFile(path.join(root, 'sc.tif.metadata.json'), JSON.stringify(sidecar));
    await writeFile(path.join(root, 'sc.tif'), 'no pixels');
    world.start();
    await world.ended(2);
    const [file] = await world.db.query('select geometry from scale_file');
    expect(file).toEqual({ geometry: expect.objectContaining({ type: 'Point', coordinates: [7, 8] }) });
  });

  it('reads whatever describes files, wherever it is by then', async () => {
    await world.workspace('store');
    const rule = { filename_regex: described, new_workspace: 'store', new_file_path: 'in' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule], footprint: true });
    const expected = await writeDescribed(root);
    world.start();
    await world.ended(9);
    expect(await describedBy(world)).toEqual(expected);
  });

  it('describes a new version by what came with it, not by what came before', async () => {
    await world.workspace('store');
    const rule = { filename_regex: '.*\\.tif$', new_workspace: 'store', new_file_path: 'in' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule], footprint: true });
    world.start();
    for (const [at, longitude] of [7, 8].entries()) {
      const geometry = { type: 'Point', coordinates: [longitude, 1] };
      const sidecar = JSON.stringify({ type: 'Feature', geometry, properties: {} });
      await writeFile(path.join(root, 'sc.tif.metadata.json'), sidecar);
      await world.ended(2 * at + 1);
      await until(async () => ((await readdir(root)).includes('sc.tif.metadata.json') ? undefined : true));
      await writeFile(path.join(root, 'sc.tif'), `version ${at}`);
      await world.ended(2 * at + 2);
    }
    const files = await world.db.query('select geometry from scale_file order by id');
    expect(files).toMatchObject([7, 8].map((longitude) => ({ geometry: { coordinates: [longitude, 1] } })));
    expect(await filesBelow(path.join(root, 'deferred'))).toHaveLength(2);
  });

  it('takes up what stands in ingesting/ and nobody knows of', async () => {
    await mkdir(path.join(root, 'ingesting'));
    await writeFile(path.join(root, 'ingesting/left'), 'l');
    await world.strike({
      workspace: 'arrivals',
      files_to_ingest: [{ filename_regex: 'left', new_file_path: 'in' }],
    });
    world.start();
    expect(await world.ended(1)).toEqual([
      expect.objectContaining({ file_path: 'left', status: 'INGESTED' }),
    ]);
    expect(await filesBelow(root)).toEqual([`in/${date}/left`]);
  });

  it('leaves names alone that begin with a dot, and what stands in directories', async () => {
    await mkdir(path.join(root, 'sub'));
    for (const name of ['.rsync.Ab12', 'sub/inner', 'z']) await writeFile(path.join(root, name), name);
    await world.strike({ workspace: 'arrivals' });
    world.start();
    expect((await world.ended(1)).map((row) => row.file_path)).toEqual(['z']);
    expect(await filesBelow(root)).toEqual(['.rsync.Ab12', 'ingesting/z', 'sub/inner']);
  });

  it('tells that its directory is away, and goes on when it is back', async () => {
    const id = await world.strike({ workspace: 'arrivals' });
    await rename(root, `${root}-away`);
    world.start();
    const strike = async () =>
      (await world.db.query('select problem, seen from strike where id = $1', [id]))[0]!;
    await until(async () => ((await strike()).problem === null ? undefined : true));
    expect(await strike()).toMatchObject({ problem: expect.stringContaining('no such file'), seen: null });
    await writeFile(`${root}-away/x`, 'x');
    await rename(`${root}-away`, root);
    await world.ended(1);
    await until(async () => ((await strike()).problem === null ? true : undefined));
    expect((await strike()).seen).toMatch(/^2/);
  });

  it('tells that its recipe is not there, and lets the files wait', async () => {
    const id = await world.strike({ workspace: 'arrivals', recipe: { name: 'later' } });
    await writeFile(path.join(root, 'x'), 'x');
    world.start();
    const problem = await until(async () => {
      const [row] = await world.db.query<{ problem: string | null }>(
        'select problem from strike where id = $1',
        [id],
      );
      return row!.problem ?? undefined;
    });
    expect(problem).toBe('there is no recipe type later');
    expect(await catalogued()).toEqual([]);
    await world.recipeType('later');
    const [row] = await world.ended(1);
    expect(row).toMatchObject({ status: 'INGESTED', recipe_id: expect.any(Number) });
  });

  it('tries a file again that cannot be taken, and gives it up with the reason', async () => {
    await mkdir(path.join(root, 'taken'));
    await writeFile(path.join(root, 'taken/2'), 'in the way of the directory of the date');
    const files_to_ingest = [
      { filename_regex: 'bad', new_file_path: 'taken/2' },
      { filename_regex: 'good', new_file_path: 'in' },
    ];
    await world.strike({ workspace: 'arrivals', files_to_ingest });
    await writeFile(path.join(root, 'bad'), 'b');
    await writeFile(path.join(root, 'good'), 'g');
    world.start();
    const bad = await until(async () => {
      const rows = await world.ingests();
      return rows.find(({ file_name, tries }) => file_name === 'bad' && tries >= 3);
    });
    expect(bad).toMatchObject({ status: 'QUEUED', reason: 'not a directory' });
    expect((await world.ingests()).find(({ file_name }) => file_name === 'good')!.status).toBe('INGESTED');
    await rm(path.join(root, 'taken/2'));
    expect((await world.ended(2)).map(({ status }) => status)).toEqual(['INGESTED', 'INGESTED']);
  });

  it('gives up a file that is gone', async () => {
    const { db } = world;
    const strike = await world.strike({ workspace: 'arrivals' });
    await db.query(
      `insert into ingest (strike_id, workspace_id, file_name, file_path, version, status, media_type, file_size)
       select $1, id, 'gone', 'gone', '1-1', 'TRANSFERRED', 'text/plain', 1 from workspace where name = 'arrivals'`,
      [strike],
    );
    world.start();
    expect(await world.ended(1)).toEqual([
      expect.objectContaining({ status: 'ERRORED', reason: 'the file is gone', tries: 8 }),
    ]);
  });

  it('moves across disks', async () => {
    const target = await world.workspace('elsewhere', '/dev/shm');
    const rule = { filename_regex: '.*', new_workspace: 'elsewhere', new_file_path: 'in' };
    await world.strike({ workspace: 'arrivals', files_to_ingest: [rule] });
    await writeFile(path.join(root, 'x'), 'x');
    world.start();
    await world.ended(1);
    expect(await filesBelow(root)).toEqual([]);
    expect(await filesBelow(target.root)).toEqual([`in/${date}/x`]);
    expect(await readdir(root)).toEqual(['ingesting']);
  });

  it('stops when it is no longer active, and is taken over by another runtime', async () => {
    const id = await world.strike({ workspace: 'arrivals' });
    const first = world.start();
    await writeFile(path.join(root, 'a'), 'a');
    await world.ended(1);
    world.start();
    await first.stop();
    await writeFile(path.join(root, 'b'), 'b');
    await world.ended(2);
    await world.db.query('update strike set is_active = false where id = $1', [id]);
    world.db.notify('ingest');
    await until(async () => {
      const rows = await world.db.query(
        `select from pg_locks where locktype = 'advisory' and classid = $1
        and database = (select oid from pg_database where datname = current_database())`,
        [0x53656569],
      );
      return rows.length === 0 ? true : undefined;
    });
    await writeFile(path.join(root, 'c'), 'c');
    expect(await filesBelow(root)).toEqual(['c', 'ingesting/a', 'ingesting/b']);
  });
});
