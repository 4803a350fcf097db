import { beforeAll, describe, expect, it } from '@jest/globals';
import { link, mkdir, readdir, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type IngestResultDocument, ingestResultValidator } from '../seed-schema/index.ts';
import { sha256, tree, until, writeFiles } from './support/cli-files.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { TestRecipes } from './support/recipes.ts';

const opened = testInstallation();

async function ingest(...args: string[]): Promise<IngestResultDocument> {
  const ended = await (await opened).run(['ingest', ...args, '--format', 'json']);
  return resultOf(ended);
}

function resultOf({ stdout, stderr }: Ended): IngestResultDocument {
  expect(stderr).toBe('');
  const document: unknown = JSON.parse(stdout);
  expect(ingestResultValidator.problems(document)).toEqual([]);
  return document as IngestResultDocument;
}

interface Row {
  readonly file_path: string;
  readonly sha256: string;
  readonly file_stat: string;
  readonly data_type_tags: string[];
  readonly is_superseded: boolean;
}

/** Of a workspace or, of this machine's own, below a directory; by path. */
async function rows(workspace: string, below = ''): Promise<Row[]> {
  return (await opened).query<Row>(
    `select f.file_path, f.sha256, f.file_stat, f.data_type_tags, f.is_superseded
     from scale_file f join workspace w on w.id = f.workspace_id
     where w.name like $1 and starts_with(f.file_path, $2) order by f.file_path collate "C", f.id`,
    [workspace, below],
  );
}

const inPlace = (directory: string) => rows('local-%', directory.slice(1));

async function newDirectory(files: Record<string, string> = {}): Promise<string> {
  return writeFiles(await (await opened).directory(), files);
}

let workspaces = 0;
async function newWorkspace(): Promise<{ name: string; root: string }> {
  const name = `ws-${++workspaces}`;
  const root = await newDirectory();
  const configuration = { version: '7', broker: { type: 'host', host_path: root } };
  await (
    await opened
  ).query('insert into workspace (name, title, json_config) values ($1, $1, $2)', [name, configuration]);
  return { name, root };
}

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n % 7}/${n}.txt`, `content ${n}`]));

describe('seed ingest, in place', () => {
  it('registers every file once, whatever its name is', async () => {
    const names = ['plain.tif', `a b\n"c",'d'\\ é 名.png`, 'sub/deep/.hidden', 'sub/-x'];
    const directory = await newDirectory(Object.fromEntries(names.map((name) => [name, name])));
    expect(await ingest(directory)).toMatchObject({
      ...{ status: 'completed', dry_run: false, new: 4, changed: 0, known: 0, skipped: 0, failed: 0 },
      bytes_read: names.reduce((sum, name) => sum + Buffer.byteLength(name), 0),
    });
    const found = await inPlace(directory);
    const local = (name: string) => path.join(directory, name).slice(1);
    expect(new Map(found.map((row) => [row.file_path, row.sha256]))).toEqual(
      new Map(names.map((name) => [local(name), sha256(name)])),
    );
    expect(await ingest(directory)).toMatchObject({ new: 0, known: 4, bytes_read: 0 });
    expect(await inPlace(directory)).toEqual(found);
  });

  it('makes new versions of what changed, knows a touched file by its content, and adds tags', async () => {
    const directory = await newDirectory({ changed: 'one', touched: 'two', same: 'three' });
    await ingest(directory, '-t', 'raw');
    await writeFile(path.join(directory, 'changed'), 'uno');
    await utimes(path.join(directory, 'touched'), 1, 1);
    const dry = await ingest(directory, '--dry-run');
    expect(dry).toMatchObject({ dry_run: true, new: 0, changed: 2, known: 1, bytes_read: 0 });
    expect(await ingest(directory, '-t', 'raw', '-t', 'best')).toMatchObject({
      new: 0,
      changed: 1,
      known: 2,
    });
    const found = await inPlace(directory);
    expect(found.map((row) => [path.basename(row.file_path), row.is_superseded, row.data_type_tags])).toEqual(
      [
        ['changed', true, ['raw']],
        ['changed', false, ['raw', 'best']],
        ['same', false, ['raw', 'best']],
        ['touched', false, ['raw', 'best']],
      ],
    );
    expect(await ingest(directory)).toMatchObject({ known: 3, bytes_read: 0 });
  });

  it('leaves out links and what is no file, and tells what cannot be read', async () => {
    const directory = await newDirectory({ 'a.txt': 'a', 'beside/b.txt': 'b' });
    const outside = await newDirectory({ secret: 's' });
    await symlink(path.join(outside, 'secret'), path.join(directory, 'leaves'));
    await symlink(outside, path.join(directory, 'leaves-too'));
    await symlink('a.txt', path.join(directory, 'inner'));
    await symlink('nowhere', path.join(directory, 'dangling'));
    await writeFile(Buffer.concat([Buffer.from(`${directory}/bad-`), Buffer.from([0xff])]), '');
    const result = await ingest(directory, '/proc/self/mem');
    expect(result).toMatchObject({ status: 'incomplete', new: 2, skipped: 4, failed: 2 });
    const reasons = (all: IngestResultDocument['failures']) =>
      Object.fromEntries(all.map((one) => [path.basename(one.path), one.reason]));
    expect(reasons(result.left_out)).toEqual({
      leaves: `it is a link that leads out of ${directory}`,
      'leaves-too': `it is a link that leads out of ${directory}`,
      inner: 'it is a link to a file beside it',
      dangling: expect.stringContaining('it is a link that leads nowhere'),
    });
    expect(reasons(result.failures)).toEqual({
      'bad-\uFFFD': 'its name is not UTF-8',
      mem: expect.stringMatching(/./),
    });
    expect((await inPlace(directory)).map((row) => path.basename(row.file_path))).toEqual(['a.txt', 'b.txt']);
    const told = await (await opened).run(['ingest', directory]);
    expect(told.stderr).toContain(
      `left out: ${directory}/leaves: it is a link that leads out of ${directory}\n`,
    );
    expect(told.stderr.match(/^left out: /gm)).toHaveLength(4);
    const quiet = await (await opened).run(['ingest', directory, '-q']);
    expect(quiet.stderr).toMatch(/^.+: its name is not UTF-8\n$/);
  });

  it('reads where and when files are of, if it is asked to', async () => {
    const point = { type: 'Point', coordinates: [125.6, 10.1] };
    const directory = await newDirectory({
      'a.geojson': JSON.stringify({ type: 'Feature', properties: {}, geometry: point }),
      'b.txt': 'nothing',
    });
    expect(await ingest(directory, '--footprint')).toMatchObject({ new: 2, failed: 0 });
    const found = await (
      await opened
    ).query('select geometry from scale_file where starts_with(file_path, $1) order by file_path', [
      directory.slice(1),
    ]);
    expect(found).toEqual([{ geometry: point }, { geometry: null }]);
  });

  it('takes what the patterns say, and goes no deeper than it is told', async () => {
    const directory = await newDirectory({ 'a.tif': '', 'a.txt': '', 'x/b.tif': '', 'old/c.tif': '' });
    expect(await ingest(directory, '--include', '*.tif', '--exclude', 'old', '--dry-run')).toMatchObject({
      new: 2,
    });
    expect(await ingest(directory, '--no-recursive', '--dry-run')).toMatchObject({ new: 2 });
    expect(await inPlace(directory)).toEqual([]);
  });

  it('says in words what it did, and what failed', async () => {
    const seedbed = await opened;
    const directory = await newDirectory({ a: 'a', b: 'bb' });
    const good = await seedbed.run(['ingest', '.'], { cwd: directory });
    expect([good.exit, good.stderr]).toEqual([0, '']);
    expect(good.stdout).toMatch(/^2 files: 2 new, 0 changed, 0 known; 3 bytes read in .*\n$/);
    const bad = await seedbed.run(['ingest', directory, '/proc/self/mem']);
    expect(bad.exit).toBe(1);
    expect(bad.stderr).toMatch(/^\/proc\/self\/mem: .+\n$/);
    expect(bad.stdout).toMatch(/^2 files: 0 new, 0 changed, 2 known; 1 failed; /);
  });

  it.each([
    [['nothere'], /SB1280/],
    [[''], /'' cannot be used: the name is empty.*SB1280/],
    [['.', '-t', ''], /--data-type takes a tag.*SB1001/],
    [['.', 'nothere'], /SB1280/],
    [['.', '--move'], /SB1001/],
    [['.', '--copy', '--move', '-w', 'x'], /SB1001/],
    [['.', '-w', 'no-such-workspace'], /no-such-workspace/],
    [['.', '--recipe', 'no-such-recipe'], /no-such-recipe/],
    [['.', '--recipe-input', 'A'], /SB1001/],
  ])('refuses %j before anything is done', async (args, message) => {
    const directory = await newDirectory({ a: 'a' });
    const ended = await (await opened).run(['ingest', ...args], { cwd: directory });
    expect([ended.exit, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
    expect(await inPlace(directory)).toEqual([]);
  });
});

describe('seed ingest, into a workspace', () => {
  it('links files to a place of the same name, and knows them again', async () => {
    const { name, root } = await newWorkspace();
    const directory = await newDirectory({ 'in/a.txt': 'a', 'in/x/b.txt': 'b' });
    const given = [path.join(directory, 'in'), '-w', name];
    expect(await ingest(...given)).toMatchObject({ workspace: name, new: 2 });
    expect(await tree(root)).toEqual(['in/', 'in/a.txt', 'in/x/', 'in/x/b.txt']);
    const inode = async (file: string) => (await stat(file)).ino;
    expect(await inode(path.join(root, 'in/a.txt'))).toBe(await inode(path.join(directory, 'in/a.txt')));
    expect((await rows(name)).map((row) => row.file_path)).toEqual(['in/a.txt', 'in/x/b.txt']);
    expect(await ingest(...given)).toMatchObject({ new: 0, known: 2, bytes_read: 0 });
    // A file that was lost there comes back; its row stays.
    await rename(path.join(root, 'in/a.txt'), path.join(directory, 'lost'));
    expect(await ingest(...given)).toMatchObject({ new: 0, changed: 0, known: 2 });
    expect(await readFile(path.join(root, 'in/a.txt'), 'utf8')).toBe('a');
    expect(await rows(name)).toHaveLength(2);
  });

  it('copies, replaces what changed, and copies nothing twice', async () => {
    const { name, root } = await newWorkspace();
    const directory = await newDirectory({ 'a.txt': 'a', 'b.txt': 'b' });
    const given = [directory, '-w', name, '--copy', '--to', 'deep/er'];
    await ingest(...given);
    const base = path.join(root, 'deep/er', path.basename(directory));
    const before = await stat(path.join(base, 'b.txt'));
    expect(before.nlink).toBe(1);
    await writeFile(path.join(directory, 'a.txt'), 'A');
    expect(await ingest(...given)).toMatchObject({ changed: 1, known: 1 });
    expect(await readFile(path.join(base, 'a.txt'), 'utf8')).toBe('A');
    expect((await stat(path.join(base, 'b.txt'))).ino).toBe(before.ino);
    expect((await rows(name)).map((row) => row.is_superseded)).toEqual([true, false, false]);
  });

  it('replaces no file that the catalogue does not know, but one that is the same', async () => {
    const { name, root } = await newWorkspace();
    const directory = await newDirectory({ 'a.txt': 'new', 'b.txt': 'b', 'c.txt': 'longer' });
    const base = path.basename(directory);
    await writeFiles(root, { [`${base}/a.txt`]: 'old', [`${base}/b.txt`]: 'b', [`${base}/c.txt`]: 'c' });
    const result = await ingest(directory, '-w', name, '--move');
    expect(result).toMatchObject({ new: 1, failed: 2 });
    expect(result.failures.map(({ reason }) => reason).sort()).toEqual(
      ['a', 'c'].map(
        (one) => `another file, which the catalogue does not know, is at its place ${base}/${one}.txt`,
      ),
    );
    expect(await readFile(path.join(root, base, 'a.txt'), 'utf8')).toBe('old');
    expect(await readFile(path.join(root, base, 'c.txt'), 'utf8')).toBe('c');
    expect(await tree(directory)).toEqual(['a.txt', 'c.txt']);
  });

  it('replaces no version that somebody needs, and foretells what it would not take', async () => {
    const { name, root } = await newWorkspace();
    const directory = await newDirectory({ 'a.txt': 'old', 'b.txt': 'old' });
    const base = path.basename(directory);
    const given = [directory, '-w', name, '--copy'];
    await ingest(...given);
    const installation = await opened;
    await installation.query(
      `insert into file_hold (file_id, reason, created_by) select id, 'for the report', 'test' from scale_file f
       where file_path = $1`,
      [`${base}/a.txt`],
    );
    await writeFiles(directory, { 'a.txt': 'new', 'b.txt': 'new', 'c.txt': 'as long' });
    await writeFiles(root, { [`${base}/c.txt`]: 'precious' });
    const refused = [
      {
        path: path.join(directory, 'a.txt'),
        reason: `the version that is at its place ${base}/a.txt is still needed: it is held: for the report`,
      },
      {
        path: path.join(directory, 'c.txt'),
        reason: `another file, which the catalogue does not know, is at its place ${base}/c.txt`,
      },
    ];
    const outcome = { changed: 1, new: 0, failed: 2, failures: expect.arrayContaining(refused) };
    expect(await ingest(...given, '--dry-run')).toMatchObject({ ...outcome, dry_run: true });
    expect(await readFile(path.join(root, base, 'b.txt'), 'utf8')).toBe('old');
    expect(await ingest(...given)).toMatchObject(outcome);
    expect(await readFile(path.join(root, base, 'a.txt'), 'utf8')).toBe('old');
    await installation.query('delete from file_hold');
    expect(await ingest(...given)).toMatchObject({ changed: 1, known: 1, failed: 1 });
    expect(await readFile(path.join(root, base, 'a.txt'), 'utf8')).toBe('new');
  });

  it('moves files, also those that an earlier command left behind', async () => {
    const { name, root } = await newWorkspace();
    const directory = await newDirectory({ 'a.txt': 'a', 'b.txt': 'b' });
    const base = path.basename(directory);
    // As a command leaves it that was killed before the catalogue knew the file.
    await mkdir(path.join(root, base));
    await link(path.join(directory, 'a.txt'), path.join(root, base, 'a.txt'));
    expect(await ingest(directory, '-w', name, '--move')).toMatchObject({ new: 2 });
    expect(await readdir(directory)).toEqual([]);
    expect(await tree(root)).toEqual([`${base}/`, `${base}/a.txt`, `${base}/b.txt`]);
    // As one that was killed after it.
    await link(path.join(root, base, 'a.txt'), path.join(directory, 'a.txt'));
    expect(await ingest(directory, '-w', name, '--move')).toMatchObject({ known: 1 });
    expect(await readdir(directory)).toEqual([]);
    expect(await rows(name)).toHaveLength(2);
  });

  it('leaves files where they are that stand in the workspace already', async () => {
    const { name, root } = await newWorkspace();
    await writeFiles(root, { 'here/a.txt': 'a' });
    expect(await ingest(path.join(root, 'here'), '-w', name, '--move')).toMatchObject({ new: 1 });
    expect(await tree(root)).toEqual(['here/', 'here/a.txt']);
    expect((await rows(name))[0]!.file_path).toBe('here/a.txt');
  });

  it.each<[string, (root: string, link: string) => Promise<unknown>, string]>([
    ['a directory', (root, link) => symlink(path.join(root, 'over'), link), ''],
    ['a file', (root, link) => symlink(path.join(root, 'over/a.txt'), link), ''],
    ['the whole workspace', (root, link) => symlink(root, link), 'over'],
  ])('leaves them also where they are named through a link to %s', async (_, makeLink, below) => {
    const { name, root } = await newWorkspace();
    await writeFiles(root, { 'over/a.txt': 'a' });
    expect(await ingest(root, '-w', name)).toMatchObject({ new: 1 });
    const link = path.join(await newDirectory(), 'lnk');
    await makeLink(root, link);
    expect(await ingest(path.join(link, below), '-w', name, '--move')).toMatchObject({ known: 1, failed: 0 });
    expect(await tree(root)).toEqual(['over/', 'over/a.txt']);
    expect((await rows(name)).map((row) => row.file_path)).toEqual(['over/a.txt']);
  });

  it('leaves them where the workspace itself is named through a link', async () => {
    const real = await newDirectory({ 'a.txt': 'a' });
    const { name, root } = await newWorkspace();
    await rename(root, `${root}-away`);
    await symlink(real, root);
    expect(await ingest(path.join(real, 'a.txt'), '-w', name, '--move')).toMatchObject({ new: 1 });
    expect(await tree(real)).toEqual(['a.txt']);
    expect((await rows(name)).map((row) => row.file_path)).toEqual(['a.txt']);
  });

  it('refuses paths that would have the same place', async () => {
    const { name } = await newWorkspace();
    const [one, two] = [await newDirectory({ 'a.txt': '1' }), await newDirectory({ 'a.txt': '2' })];
    const paths = [one, two].map((directory) => path.join(directory, 'a.txt'));
    const ended = await (await opened).run(['ingest', ...paths, '-w', name]);
    expect([ended.exit, ended.stderr]).toEqual([2, expect.stringContaining('same place')]);
  });
});

describe('seed ingest, stopped', () => {
  const all = 6000;

  async function stopped(signal: 'SIGKILL' | 'SIGINT') {
    const { name, root } = await newWorkspace();
    const directory = await newDirectory(many(all));
    const given = ['ingest', '.', '-w', name, '--move', '--format', 'json'];
    const running = (await opened).start(given, { cwd: directory });
    await until('the first files', async () => (await rows(name)).length > 0);
    process.kill(running.pid, signal);
    const ended = await running.ended;
    const first = (await rows(name)).length;
    const again = resultOf(await (await opened).run(given, { cwd: directory }));
    expect(again.new).toBe(all - first);
    expect(again.failed).toBe(0);
    const found = await rows(name);
    expect(found.map((row) => row.file_path)).toEqual(Object.keys(many(all)).sort());
    expect((await tree(directory)).filter((file) => !file.endsWith('/'))).toEqual([]);
    // A kill may leave a copy that was under way, under a hidden name, which `seed gc` removes.
    const isLeft = (file: string) => signal === 'SIGKILL' && path.basename(file).startsWith('.seedbed-');
    const there = (await tree(root)).filter((file) => !file.endsWith('/') && !isLeft(file));
    expect(there).toEqual(Object.keys(many(all)).sort());
    return { ended, first };
  }

  it('by kill -9 it goes on when it is given again, and registers nothing twice', async () => {
    const { ended, first } = await stopped('SIGKILL');
    expect(ended.signal).toBe('SIGKILL');
    expect(first).toBeLessThan(all);
  });

  it('by Ctrl-C it says so, and goes on when it is given again', async () => {
    const { ended, first } = await stopped('SIGINT');
    expect(JSON.parse(ended.stdout)).toMatchObject({ status: 'interrupted', new: first });
    expect(ended.exit).not.toBe(0);
    expect(first).toBeLessThan(all);
  });
});

describe('seed ingest --recipe', () => {
  let started: () => Promise<number>;
  beforeAll(async () => {
    const seedbed = await opened;
    const recipes = new TestRecipes(await seedbed.database());
    const file = (name: string, required = true) => ({ name, required, multiple: false, media_types: [] });
    await recipes.recipeType('one', {}, {}, { files: [file('SCENE')], json: [] });
    await recipes.recipeType('two', {}, {}, { files: [file('A', false), file('B', false)], json: [] });
    await recipes.recipeType('more', {}, {}, { files: [file('A'), file('B')], json: [] });
    started = async () => (await seedbed.query('select id from recipe')).length;
  });

  it('starts one for each file that is new or has changed, and none twice', async () => {
    const directory = await newDirectory({ a: 'a', b: 'b' });
    expect(await ingest(directory, '--recipe', 'one:1')).toMatchObject({ new: 2, recipes: 2 });
    expect(await ingest(directory, '--recipe', 'one')).toMatchObject({ known: 2, recipes: 0 });
    await writeFile(path.join(directory, 'a'), 'A');
    expect(await ingest(directory, '--recipe', 'one')).toMatchObject({ changed: 1, recipes: 1 });
    expect(await started()).toBe(3);
    const inputs = await (
      await opened
    ).query<{ path: string }>(
      `select f.file_path as path from recipe r join scale_file f on f.id = (r.input #>> '{files,SCENE,0}')::bigint order by r.id`,
    );
    expect(inputs.map((row) => path.basename(row.path))).toEqual(['a', 'b', 'a']);
  });

  it('refuses a recipe that a file is not enough for, or whose input is not said', async () => {
    const directory = await newDirectory({ a: 'a' });
    const refused = async (...args: string[]) => {
      const { exit, stderr } = await (await opened).run(['ingest', directory, ...args]);
      expect(exit).toBe(2);
      return stderr;
    };
    expect(await refused('--recipe', 'one:7')).toContain('revision 7');
    expect(await refused('--recipe', 'two')).toContain('--recipe-input; it has A, B');
    expect(await refused('--recipe', 'two', '--recipe-input', 'C')).toContain('no file input C');
    expect(await refused('--recipe', 'more', '--recipe-input', 'A')).toContain(
      'not enough for the recipe more',
    );
    expect(await inPlace(directory)).toEqual([]);
    expect(await ingest(directory, '--recipe', 'two', '--recipe-input', 'B')).toMatchObject({ recipes: 1 });
  });
});
