import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandsIn, startCommand, testInstallation } from './support/cli.ts';
import { until } from './support/cli-files.ts';
import { removeImages } from './support/engine.ts';
import { freePort } from './support/ports.ts';
import { startTestRegistry, type TestRegistry } from './support/registry.ts';

const opened = testInstallation();
const root = path.join(import.meta.dirname, '..');

/** In the order in which a user would try their examples: each finds what those before it made. */
const commands = [
  ...['init', 'validate', 'build', 'run', 'batch', 'list', 'inspect', 'publish', 'search', 'pull'],
  ...[
    'unpublish',
    'convert',
    'spec',
    'dag',
    'doctor',
    'ingest',
    'countries',
    'files',
    'file',
    'lineage',
    'get',
  ],
  ...['provenance', 'reproduce', 'gc'],
  ...['completion', 'version'],
];

/** Asked of a service, in which the first one makes the job that the others are about. */
const asking = [
  ...[
    'submit',
    'jobs',
    'job',
    'logs',
    'why',
    'explain',
    'nodes',
    'types',
    'cancel',
    'requeue',
    'users',
    'tokens',
  ],
  ...['save-recipe-type', 'recipe-types', 'recipe-type', 'recipes', 'recipe', 'report', 'reprocess'],
  ...['strikes', 'scans', 'ingests', 'datasets', 'schedules'],
  ...['submit-recipe', 'retention', 'purge'],
];

/** Of a batch on a service, which the first one makes. */
const inBulk = ['create', 'add', 'status', 'finalize', 'requeue-failed', 'cancel'];

/** Asks a Scale, which has tests of its own. */
const elsewhere = ['import-scale'];

/** Of the job that was submitted. */
const recipe = `
input: { files: [{ name: scene }] }
nodes:
  watermark:
    input: { INPUT_FILE: { type: recipe, input: scene } }
    node_type: { node_type: job, job_type_name: help-job, job_type_version: 1.0.0 }
`;

let registry: TestRegistry;
let desk: { cwd: string; env: NodeJS.ProcessEnv };
beforeAll(async () => {
  registry = await startTestRegistry({ deletion: true });
  const seedbed = await opened;
  const cwd = await seedbed.directory();
  const bin = await commandsIn(cwd);
  await cp(path.join(root, 'sample-jobs'), path.join(cwd, 'sample-jobs'), { recursive: true });
  const picture = 'image-watermark/inputs/INPUT_IMAGE/sunset.png';
  await cp(path.join(root, 'sample-jobs', picture), path.join(cwd, 'photo.png'));
  await writeFile(path.join(cwd, 'my-recipe.yaml'), recipe);
  await writeFile(path.join(cwd, 'tasks.yaml'), 'tasks: { blur: { spec: { command: blur } } }');
  desk = { cwd, env: { ...seedbed.env, PATH: `${bin}:${process.env.PATH}` } };
});
afterAll(async () => {
  await removeImages('help-job-', registry.host);
  await registry.stop();
});

const shell = (line: string) => startCommand(['sh', '-c', line], desk).ended;

/** Begins a recipe of the type that was saved. @returns its number, and that of the file that it was given */
async function begun(url: string): Promise<{ recipe: string; file: string }> {
  const token = await readFile(path.join((await opened).home, 'token'), 'utf8');
  const post = async (route: string, type: string, body: string) => {
    const headers = { Authorization: `Token ${token.trim()}`, 'Content-Type': type };
    const answer = await fetch(`${url}/v6/${route}`, { method: 'POST', headers, body });
    return (await answer.json()) as { id: number };
  };
  const file = await post('files/?name=photo.png', 'application/octet-stream', 'a picture');
  const input = { version: '7', files: { scene: [file.id] }, json: {} };
  const recipe = await post('recipes/', 'application/json', JSON.stringify({ recipe_type_id: 1, input }));
  return { recipe: String(recipe.id), file: String(file.id) };
}

/** The example in the help of a command, about a job of the tests' own. */
async function exampleOf(command: string): Promise<string> {
  const { stdout: help, exit } = await shell(`seed help ${command}`);
  expect([command, exit]).toEqual([command, 0]);
  const [, example] = /\nExamples?:\n {2}(seed.*)\n/.exec(help) ?? [];
  expect([command, example]).toEqual([command, expect.any(String)]);
  return example!.replaceAll('my-job', 'help-job');
}

describe('the help', () => {
  it('is there for every command that the program has', async () => {
    const { stdout } = await shell('seed --help');
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+)(?: \[| {2,}| <)/gm)].map(([, name]) => name);
    expect(listed.filter((name) => name !== 'help').toSorted()).toEqual(
      [...commands, 'serve', ...asking, ...elsewhere].toSorted(),
    );
  });

  // Under a name of their own: the pages' examples make images called my-job at the same time.
  it('of each command has an example that works', async () => {
    for (const command of elsewhere) await exampleOf(command);
    for (const command of commands) {
      const example = await exampleOf(command);
      const here = example
        .replace('localhost:5000', registry.host)
        .replace(/\b17\b/, '1')
        .replace(/\b18\b/, '2');
      const ran = await shell(
        here.replace(/ \| dot .*/, '').replace(/"\*_watermark.png" --from \S+/, '"*.png"'),
      );
      expect([example, ran.exit, ran.exit === 0 ? '' : ran.stderr]).toEqual([example, 0, '']);
      expect(`${ran.stdout}${ran.stderr}`).not.toBe('');
    }
  });

  it('of each command that asks a service has one, too', async () => {
    const port = await freePort();
    const env = { ...desk.env, SEED_URL: `http://127.0.0.1:${port}` };
    const run = (line: string) => startCommand(['sh', '-c', line], { ...desk, env });
    const serving = run((await exampleOf('serve')).replace(/^/, 'exec ').replace('8420', `${port}`));
    try {
      await until('the service to listen', () => serving.printed.stdout.includes('listening'));
      let [job, begin] = ['', { recipe: '', file: '' }];
      for (const command of asking) {
        const example = await exampleOf(command);
        const here = example.replace(/\b17\b/, job).replace(/\b12\b/, begin.recipe);
        const ran = await run(here.replace('1234', begin.file).replace('--add raw', '--add seedbed')).ended;
        expect([example, ran.exit, ran.exit === 0 ? '' : ran.stderr]).toEqual([example, 0, '']);
        expect(`${ran.stdout}${ran.stderr}`).not.toBe('');
        job ||= /job (\d+) is submitted/.exec(ran.stderr)![1]!;
        if (command === 'save-recipe-type') begin = await begun(env.SEED_URL);
      }
      const tasks = 'job_type: help-job\nbatches: [{ name: my-batch }]\n';
      await writeFile(path.join(desk.cwd, 'my-batch.yaml'), tasks.replace('my-batch', 'help-batch'));
      await writeFile(path.join(desk.cwd, 'my-tasks.csv'), 'INPUT_FILE\nphoto.png\n');
      for (const command of inBulk) {
        const { stdout: help } = await shell(`seed batch ${command} --help`);
        const [, example] = /\nExamples?:\n {2}(seed.*)\n/.exec(help) ?? [];
        const ran = await run(
          example!.replace(/my-batch$|my-batch (?=--csv)/, (name) => name.replace('my', 'help')),
        ).ended;
        expect([example, ran.exit, ran.exit === 0 ? '' : ran.stderr]).toEqual([example, 0, '']);
      }
    } finally {
      serving.child.kill();
      expect(await serving.ended).toMatchObject({ exit: 0 });
    }
  });
});
