import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCommand } from './support/cli.ts';

const root = path.join(import.meta.dirname, '..');
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'seedbed-test-dag-'));
  await writeFile(path.join(cwd, 'tasks.yaml'), tasks('6f09d'));
  await writeFile(path.join(cwd, 'changed.yaml'), tasks('qwetr3'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

/** The graph of the source document. */
function tasks(sha: string): string {
  return `
meta: { schedule: '@daily' }
tasks:
  download_images: { spec: { image: collage, sha: 1qe34, command: python dl_images.py } }
  blur:
    spec: { image: collage, sha: ${sha}, command: python transform_images.py blur }
    dependencies: [download_images]
  edge_enhance:
    spec: { image: collage, sha: 1qe34, command: python transform_images.py edge_enhance }
    dependencies: [download_images]
  collage:
    spec: { image: collage, sha: 1qe34, command: python collage.py }
    dependencies: [blur, edge_enhance]
`;
}

const node = (...args: string[]) => startCommand([process.execPath, ...args], { cwd }).ended;
const dag = (...args: string[]) => node(path.join(root, 'dist/seed.js'), 'dag', ...args);

describe('seed dag', () => {
  it('encodes, saves and loads: each form says the same', async () => {
    const [text, json] = [
      await dag('encode', 'tasks.yaml'),
      await dag('encode', 'tasks.yaml', '--format', 'json'),
    ];
    expect(text).toMatchObject({ exit: 0, stderr: '' });
    expect(text.stdout).toBe(`TASK             OUTPUT
download_images  6075b3951568e2f31df204a59eb92bbb17d84e6b49f1275216bc0b6deb0e223d
blur             82695e5805a9cd091e42ae94469efe77a90907c96190c793cee3c7d58dc2bbe0
edge_enhance     7a764d984ce66d23a69c87645b47fcf7be79711f40be95fb631308ee01ca2a04
collage          566a13d45eeebdefc50de118f5031278b20171ce76deb51791a4f084668e6d16
`);
    expect(await dag('save', 'tasks.yaml', '-o', 'tasks.dag')).toMatchObject({ exit: 0, stdout: '' });
    const saved = await readFile(path.join(cwd, 'tasks.dag'), 'utf8');
    expect(saved).toMatch(/^d4:metad8:schedule6:@dailye5:tasksd4:blurd/);
    const loaded = await dag('load', 'tasks.dag', '--format', 'json');
    expect(JSON.parse(loaded.stdout)).toEqual(JSON.parse(json.stdout));
    await writeFile(path.join(cwd, 'encoded.json'), json.stdout);
    expect((await dag('save', 'encoded.json')).stdout).toBe(saved);
  });

  it('says what differs, and what has to be run', async () => {
    const { exit, stdout } = await dag('diff', 'tasks.yaml', 'changed.yaml');
    expect(exit).toBe(0);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^changed {2}tasks\.blur\.output: "82695e58\w+" → "4df7200d\w+"$/),
      'changed  tasks.blur.sha: "6f09d" → "qwetr3"',
      expect.stringMatching(/^changed {2}tasks\.collage\.inputs\.blur: "82695e58\w+" → "4df7200d\w+"$/),
      expect.stringMatching(/^changed {2}tasks\.collage\.output: "566a13d4\w+" → "25adad19\w+"$/),
      'to run: blur, collage',
      'known: download_images, edge_enhance',
      '',
    ]);
  });

  it.each([
    [
      'tasks: {a: {spec: {x: 1.0}}}',
      'There is no bencoded text of tasks.a.x: it is a number that is not written as a whole one',
    ],
    ['tasks: {a: {spec: {x: [null]}}}', 'There is no bencoded text of tasks.a.x[0]: it is null'],
    ['tasks: {a: {dependencies: [a]}}', 'The tasks depend on each other in a circle: a → a'],
    ['tasks: {a: {dependencies: [b]}}', 'The task a depends on b, and there is no such task'],
    ['tasks: {a: {command: x}}', 'tasks.a.command is no member that belongs there (spec, dependencies do)'],
    ['tasks: {a: {dependencies: b}}', 'tasks.a.dependencies is no list of names of tasks'],
    ['[]', 'has to be a dictionary with meta and tasks'],
    ['tasks: {', 'wrong.yaml cannot be read: line 1, column'],
    ['d4:metade', 'The bencoded text is invalid at byte'],
  ])('refuses %s', async (text, problem) => {
    await writeFile(path.join(cwd, 'wrong.yaml'), text);
    const { exit, stderr, stdout } = await dag('encode', 'wrong.yaml');
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(problem);
  });

  it('keeps whole numbers that JavaScript does not have', async () => {
    await writeFile(
      path.join(cwd, 'large.json'),
      '{"tasks": {"a": {"spec": {"n": 12345678901234567891, "b": true}}}}',
    );
    const { stdout } = await dag('save', 'large.json');
    expect(stdout).toContain('1:bi1e6:inputsde1:ni12345678901234567891e6:output64:');
    expect((await dag('encode', 'large.json', '--format', 'json')).stdout).toContain(
      '"n": 12345678901234567891,',
    );
  });

  it('wants as many files as it can use', async () => {
    expect((await dag('diff', 'tasks.yaml')).stderr).toContain('seed dag diff takes two files, not 1');
    expect((await dag('encode', 'no.yaml')).stderr).toContain('no.yaml cannot be read: no such file');
  });
});

it('is there for programs: seedbed/dag', async () => {
  const program = `import { dag } from 'seedbed/dag';
    const graph = dag();
    const a = graph.task('download_images', { image: 'collage', sha: '1qe34', command: 'python dl_images.py' });
    graph.task('b', {}).addDep(a);
    console.log(graph.encode().tasks.b.inputs.download_images);`;
  const { stdout } = await startCommand([process.execPath, '--input-type=module', '-e', program], {
    cwd: root,
  }).ended;
  expect(stdout).toBe('6075b3951568e2f31df204a59eb92bbb17d84e6b49f1275216bc0b6deb0e223d\n');
});
