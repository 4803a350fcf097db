import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { saveRecipeType } from '../../runtime/recipes/index.ts';
import { until } from '../support/cli-files.ts';
import { testDatabase } from '../support/database.ts';
import { busyboxImage } from '../support/engine.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { randomOf } from '../support/log-output.ts';

let world: FaultWorld;
let end: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  world = await FaultWorld.open({ databaseUrl: test.url });
  end = () => world.close().then(test.drop);
});
afterAll(() => end());

const parts = 5;

const definition = {
  version: '7',
  input: { json: [{ name: 'N', type: 'integer', required: true }] },
  nodes: {
    split: { node_type: job('split'), input: { N: { type: 'recipe', input: 'N' } } },
    each: { node_type: job('each'), input: { PART: from('split', 'PARTS') }, forEach: 'PART' },
    join: { node_type: job('join'), input: { ALL: from('each', 'OUT') } },
    unneeded: {
      node_type: job('join'),
      dependencies: [{ name: 'check', acceptance: false }],
      input: { ALL: from('each', 'OUT') },
    },
    check: {
      node_type: {
        node_type: 'condition',
        interface: { json: [{ name: 'N', type: 'integer', required: true }] },
        data_filter: { filters: [{ name: 'N', type: 'integer', condition: '==', values: [parts] }] },
      },
      input: { N: { type: 'recipe', input: 'N' } },
    },
  },
};

function job(name: string) {
  return { node_type: 'job', job_type_name: `crash-${name}`, job_type_version: '1.0.0' };
}

function from(node: string, output: string) {
  return { type: 'dependency', node, output };
}

async function makeTypes(): Promise<number> {
  const image = await busyboxImage();
  await world.type(
    {
      name: 'crash-split',
      json: [{ name: 'N', type: 'integer' }],
      outputs: [{ name: 'PARTS', pattern: '*.part', multiple: true }],
      script: 'sleep 0.3; for i in $(seq $N); do echo part $i > $OUTPUT_DIR/$i.part; done',
    },
    image,
  );
  await world.type(
    {
      name: 'crash-each',
      files: [{ name: 'PART' }],
      outputs: [{ name: 'OUT', pattern: 'done' }],
      script: 'sleep 0.3; sed s/part/done/ $PART > $OUTPUT_DIR/done',
    },
    image,
  );
  await world.type(
    {
      name: 'crash-join',
      files: [{ name: 'ALL', multiple: true }],
      outputs: [{ name: 'WHOLE', pattern: 'whole' }],
      script: 'sleep 0.3; cat $ALL/* | sort > $OUTPUT_DIR/whole',
    },
    image,
  );
  const { saved, errors } = await saveRecipeType(world.db, { title: 'crash', definition }, 'tests');
  if (!saved) throw new Error(JSON.stringify(errors));
  return saved.id;
}

describe('a recipe whose runtimes are killed again and again', () => {
  it('comes to the same products as an undisturbed one, each of them once', async () => {
    const typeId = await makeTypes();
    const random = randomOf(7);
    await world.start();
    await world.start();
    const id = await world.submitRecipe(typeId, { json: { N: parts } });
    for (const completed of [0, 1, 2, 4, 6]) {
      await until(`${completed} completed jobs\n${world.logs()}`, async () => {
        const [row] = await world.query<{ count: number }>(
          `select count(*)::int as count from job where recipe_id = $1 and status = 'COMPLETED'`,
          [id],
        );
        return row!.count >= completed;
      });
      const living = world.runtimes.filter(({ child }) => child.signalCode === null);
      await living[Math.floor(random() * living.length)]!.kill('SIGKILL');
      await world.start();
    }
    await until(
      `the end of the recipe\n${world.logs()}`,
      async () => {
        const [row] = await world.query<{ done: boolean }>(
          'select is_completed as done from recipe where id = $1',
          [id],
        );
        return row!.done;
      },
      120,
    );
    const nodes = await world.query<{ name: string; state: string }>(
      'select name, state from recipe_node where recipe_id = $1 and item = -1 order by name',
      [id],
    );
    expect(Object.fromEntries(nodes.map(({ name, state }) => [name, state]))).toEqual({
      ...{ split: 'COMPLETED', each: 'COMPLETED', join: 'COMPLETED' },
      ...{ check: 'COMPLETED', unneeded: 'SKIPPED' },
    });
    const jobs = await world.query<{ id: number; node: string; status: string }>(
      'select id, recipe_node as node, status from job where recipe_id = $1 order by id',
      [id],
    );
    const count = (name: string) => jobs.filter(({ node }) => node === name).length;
    expect([count('split'), count('each'), count('join')]).toEqual([1, parts, 1]);
    expect(jobs.every(({ status }) => status === 'COMPLETED')).toBe(true);
    const files = await world.query<{ node: string; count: number; type: number }>(
      `select recipe_node as node, count(*)::int as count from scale_file where recipe_id = $1 group by 1 order by 1`,
      [id],
    );
    expect(files).toEqual([
      { node: 'each', count: parts },
      { node: 'join', count: 1 },
      { node: 'split', count: parts },
    ]);
    const [whole] = await world.products(jobs.find(({ node }) => node === 'join')!.id);
    const lines = Array.from({ length: parts }, (_, at) => `done ${at + 1}\n`);
    expect(await readFile(whole!.path, 'utf8')).toBe(lines.join(''));
    await world.clear();
  });
});
