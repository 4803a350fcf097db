import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { contents, outputOfRunning, tree, until, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { resultIn, testInstallation } from './support/cli.ts';
import { startService, type TestService } from './support/service.ts';

const samples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../sample-jobs');
const opened = testInstallation();

describe('seed-run --reuse', () => {
  it('copies what an earlier run made, and starts no container', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'stamps',
      files: [{ name: 'IN' }],
      outputs: [{ name: 'OUT', pattern: 'made/*.txt' }],
      outputJson: [{ name: 'LINES', type: 'integer' }],
      script:
        'mkdir $OUTPUT_DIR/made; O=$OUTPUT_DIR/made/stamp.txt; cat /proc/sys/kernel/random/uuid > $O; cat $IN >> $O; echo \'{"type": "Feature", "geometry": null, "properties": {"sensor": "OLI"}}\' > $O.metadata.json; echo \'{"LINES": 2}\' > $OUTPUT_DIR/seed.outputs.json',
    });
    const desk = await writeFiles(await seedbed.directory(), { 'in.txt': 'one\n' });
    const args = [image, '-i', `IN=${desk}/in.txt`];
    const first = await seedbed.seedRun(args);
    expect(first.document).toMatchObject({ status: 'completed', exit_code: 0 });
    const second = await seedbed.seedRun([...args, '--reuse']);
    expect(second.document).toMatchObject({
      status: 'completed',
      exit_code: null,
      outputs: { json: { LINES: 2 }, files: { OUT: [{ id: first.document.outputs.files.OUT![0]!.id }] } },
    });
    expect(await tree(second.out)).toContain('made/stamp.txt.metadata.json');
    expect(await contents(second.out)).toEqual(await contents(first.out));
    const [row] = await seedbed.query<{ output_id: string; reused: number }>(
      `select encode(x.output_id, 'hex') as output_id, j.reused_job_exe_id as reused
       from job j join job_exe x on x.job_id = j.id order by j.id desc limit 1`,
    );
    expect(second.document.reused).toMatchObject({ execution: row!.reused });
    const files = await seedbed.run(['files', '--output-id', row!.output_id, '--format', 'json']);
    expect(JSON.parse(files.stdout)).toMatchObject({
      results: [{ id: first.document.outputs.files.OUT![0]!.id }],
    });

    await writeFile(`${desk}/in.txt`, 'two\n');
    const third = await seedbed.seedRun([...args, '--reuse']);
    expect(third.document.reused).toBeUndefined();
    expect(await readFile(path.join(third.out, 'made/stamp.txt'), 'utf8')).toMatch(/two/);
  });

  it('waits for a run that does the same, and does it itself when that one is killed', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'waits-to-be-reused',
      outputs: [{ name: 'READY', pattern: 'ready' }],
      script: `trap '' TERM; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done`,
    });
    const begin = async (out: string) => {
      const directory = path.join(await seedbed.directory(), out);
      const run = seedbed.start([image, '--reuse', '-o', directory, '--format', 'json']);
      return {
        ...run,
        go: async () =>
          writeFile(path.join(path.dirname(await outputOfRunning(directory, 'ready')), 'go'), ''),
        ready: () => outputOfRunning(directory, 'ready'),
      };
    };
    const first = await begin('first');
    await first.ready();
    const second = await begin('second');
    await until('the second one to be registered', async () => {
      const rows = await seedbed.query(
        `select from job_exe x join job_type t on t.id = x.job_type_id
         where t.name = 'waits-to-be-reused' and x.status = 'RUNNING'`,
      );
      return rows.length === 2 || undefined;
    });
    first.child.kill('SIGKILL');
    await first.ended;
    await second.go();
    const done = await second.ended;
    expect(resultIn(done)).toMatchObject({ status: 'completed', exit_code: 0 });
    const third = await begin('third');
    expect(resultIn(await third.ended)).toMatchObject({ status: 'completed', exit_code: null });
  });
});

describe('a recipe of the sample jobs', () => {
  let service: TestService;
  /** What the command said last. */
  let shown: string;
  beforeAll(async () => {
    service = await startService(await opened, [], { env: { SEED_PULL: 'never' } });
  });
  afterAll(() => service.stop());

  /** Runs the recipe `mosaic`, of which nodes ask for other resources. @returns nodes whose jobs ran */
  async function ran(directory: string, memory: Readonly<Record<string, number>>): Promise<string[]> {
    const seedbed = await opened;
    let text = (await readFile(path.join(samples, 'recipes/mosaic.yaml'), 'utf8')).replaceAll(
      '../',
      `${samples}/`,
    );
    for (const [node, mem] of Object.entries(memory))
      text = text.replace(
        `    ${node}:\n`,
        `    ${node}:\n      configuration: { resources: { mem: ${mem} } }\n`,
      );
    await writeFile(path.join(directory, 'mosaic.yaml'), text);
    const scene = path.join(samples, 'image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif');
    const args = ['submit-recipe', path.join(directory, 'mosaic.yaml'), '-i', `SCENE=${scene}`];
    const ended = await seedbed.run([...args, '-j', 'TILE_SIZE=256', '--reuse', '--wait'], {
      env: service.env,
    });
    expect([ended.exit, ended.stderr]).toEqual([0, expect.any(String)]);
    shown = ended.stderr + ended.stdout;
    const rows = await seedbed.query<{ node: string }>(
      `select recipe_node as node from job where recipe_id = (select max(id) from recipe) and reused_job_exe_id is null
       order by id`,
    );
    return rows.map(({ node }) => node).sort();
  }

  it('runs exactly the node that is changed, and what hangs on it', async () => {
    const directory = await (await opened).directory();
    expect(await ran(directory, {})).toEqual(['invert', 'invert', 'invert', 'invert', 'join', 'tiles']);
    expect(await ran(directory, {})).toEqual([]);
    expect(shown).toMatch(/^tiles: COMPLETED, reused$/m);
    expect(shown).toMatch(/^invert: COMPLETED, 4 reused$/m);
    expect(shown).toMatch(/ invert .* 4 of 4 runs completed {2}4 reused$/m);
    expect(shown).toMatch(/^ {2}reused: 6 of 6 jobs \(tiles, invert\/0, .*, join\)$/m);
    expect(await ran(directory, { join: 512 })).toEqual(['join']);
    // It makes the same tiles again: nothing hangs on how.
    expect(await ran(directory, { tiles: 512, join: 512 })).toEqual(['tiles']);
  });
});
