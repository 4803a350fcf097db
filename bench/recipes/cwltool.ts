import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testHome } from '../../test/support/database.ts';
import type { Bench } from '../support/bench.ts';
import { timeProgram } from '../support/child.ts';
import { type BenchJob, jobImage } from '../support/image.ts';
import { quantile } from '../support/statistics.ts';
import { ms, table } from '../support/table.ts';

/** One file goes to two jobs at once, and what they make to a fourth. */
const copy: BenchJob = {
  name: 'copy',
  command: 'cp ${IN} ${OUTPUT_DIR}/out',
  inputs: [{ name: 'IN' }],
  outputs: [{ name: 'OUT', pattern: 'out' }],
  cpus: 0.5,
};
const join: BenchJob = {
  name: 'join',
  command: 'sh -c "cat $A $B > $OUTPUT_DIR/out"',
  inputs: [{ name: 'A' }, { name: 'B' }],
  outputs: [{ name: 'OUT', pattern: 'out' }],
  cpus: 0.5,
};

/**
 * A graph of four containers, whole commands from their start to their end: `seed-run --recipe` and Debian's cwltool.
 * @returns a table
 */
export async function beside(bench: Bench, rounds: number, dist: string): Promise<string> {
  const { directory, ending } = bench;
  const [copying, joining] = [await jobImage(bench, copy), await jobImage(bench, join)];
  const input = path.join(directory, 'input.txt');
  await writeFile(input, 'what goes through\n');
  const recipe = await writeRecipe(directory, [copying, joining]);
  const workflow = await writeWorkflow(directory, input, [copying, joining]);
  const { home, remove } = await testHome();
  ending.undo(remove);
  const env = { SEED_HOME: home, DATABASE_URL: '' };
  const ours = (out: string) =>
    timeProgram(
      process.execPath,
      [path.join(dist, 'seed-run.js'), '--recipe', recipe, '-i', `F=${input}`, '-o', out, '-q'],
      { env, signal: ending.signal },
    );
  const theirs = (out: string) =>
    timeProgram('cwltool', ['--parallel', '--disable-pull', '--outdir', out, workflow.file, workflow.order], {
      signal: ending.signal,
    });
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  await ours(path.join(directory, 'first')); // makes the database
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push((await ours(path.join(directory, `ours-${round}`))).ms);
    times.theirs.push((await theirs(path.join(directory, `theirs-${round}`))).ms);
  }
  await rm(path.join(directory, 'first'), { recursive: true });
  const [mine, other] = [quantile(times.ours, 0.5), quantile(times.theirs, 0.5)];
  return table(
    ['whole command, ms', 'p50', 'ratio'],
    [
      ['seed-run --recipe', ms(mine), (mine / other).toFixed(2)],
      ['cwltool --parallel', ms(other), '1'],
    ],
  );
}

type Images = readonly [copy: string, join: string];

async function writeRecipe(directory: string, jobs: Images): Promise<string> {
  const node = (name: string, input: object) => ({
    node_type: { node_type: 'job', job_type_name: `bench-${name}`, job_type_version: '1.0.0' },
    input,
  });
  const from = (name: string) => ({ type: 'dependency', node: name, output: 'OUT' });
  const nodes = {
    a: node('copy', { IN: { type: 'recipe', input: 'F' } }),
    b: node('copy', { IN: from('a') }),
    c: node('copy', { IN: from('a') }),
    d: node('join', { A: from('b'), B: from('c') }),
  };
  const file = path.join(directory, 'recipe.json');
  const definition = { version: '7', input: { files: [{ name: 'F' }] }, nodes };
  await writeFile(file, JSON.stringify({ name: 'bench', jobs, definition }));
  return file;
}

async function writeWorkflow(directory: string, input: string, [copying, joining]: Images) {
  const place = path.join(directory, 'cwl');
  await mkdir(place);
  const tool = (image: string, script: string, inputs: readonly string[]) => ({
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    requirements: { DockerRequirement: { dockerImageId: image, dockerPull: image } },
    baseCommand: ['sh', '-c', script, 'sh'],
    inputs: Object.fromEntries(
      inputs.map((name, position) => [name, { type: 'File', inputBinding: { position } }]),
    ),
    outputs: { OUT: { type: 'File', outputBinding: { glob: 'out' } } },
  });
  await writeFile(path.join(place, 'copy.cwl'), JSON.stringify(tool(copying, 'cp "$1" out', ['IN'])));
  await writeFile(
    path.join(place, 'join.cwl'),
    JSON.stringify(tool(joining, 'cat "$1" "$2" > out', ['A', 'B'])),
  );
  const file = path.join(place, 'workflow.cwl');
  const step = (run: string, given: object) => ({ run, in: given, out: ['OUT'] });
  await writeFile(
    file,
    JSON.stringify({
      cwlVersion: 'v1.2',
      class: 'Workflow',
      inputs: { F: 'File' },
      outputs: { OUT: { type: 'File', outputSource: 'd/OUT' } },
      steps: {
        a: step('copy.cwl', { IN: 'F' }),
        b: step('copy.cwl', { IN: 'a/OUT' }),
        c: step('copy.cwl', { IN: 'a/OUT' }),
        d: step('join.cwl', { A: 'b/OUT', B: 'c/OUT' }),
      },
    }),
  );
  const order = path.join(place, 'order.json');
  await writeFile(order, JSON.stringify({ F: { class: 'File', path: input } }));
  return { file, order };
}
