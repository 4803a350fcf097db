import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RecipeResultDocument, recipeResultValidator } from '../seed-schema/index.ts';
import { until, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { startService, type TestService } from './support/service.ts';

const samples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../sample-jobs');
const opened = testInstallation();
let service: TestService;
beforeAll(async () => {
  service = await startService(await opened, [], { env: { SEED_PULL: 'never' } });
});
afterAll(() => service.stop());

async function submitRecipe(...args: string[]): Promise<Ended> {
  return (await opened).run(['submit-recipe', ...args], { env: service.env });
}

function resultOf({ stdout }: Ended): RecipeResultDocument {
  const document: unknown = JSON.parse(stdout);
  expect(recipeResultValidator.problems(document)).toEqual([]);
  return document as RecipeResultDocument;
}

describe('seed submit-recipe', () => {
  it('registers what a file lists, sends its files, and shows the nodes to the end', async () => {
    const scene = path.join(samples, 'image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif');
    const file = path.join(samples, 'recipes/mosaic-report.yaml');
    const ran = await submitRecipe(file, '-i', `SCENE=${scene}`, '--wait');
    expect(ran.exit).toBe(0);
    expect(ran.stderr).toMatch(/^job type image-tiles 1\.0\.0, image /m);
    expect(ran.stderr).toMatch(/^recipe type mosaic-report revision 1$/m);
    expect(ran.stderr).toMatch(/^sending .*olinda-landsat7\.tif/m);
    expect(ran.stderr).toMatch(/✔ report +COMPLETED/);
    expect(ran.stdout).toMatch(/✔ mosaic-report completed in/);
    expect(ran.stdout).toMatch(/mosaic\/invert\/8 {2}olinda-landsat7_002_002\.png/);

    // Nothing is new the second time, and the type is known by its name.
    const again = await submitRecipe(
      'mosaic',
      '-i',
      'SCENE=1',
      '-j',
      'TILE_SIZE=256',
      '--wait',
      '--format',
      'json',
    );
    expect([again.exit, again.stderr]).toEqual([0, '']);
    const document = resultOf(again);
    expect(document).toMatchObject({
      status: 'completed',
      error: null,
      recipe_type: { name: 'mosaic', revision_num: 1 },
      inputs: { files: { SCENE: [{ id: 1 }] }, json: { TILE_SIZE: 256 } },
    });
    expect(document.nodes.map(({ node, state }) => `${node} ${state}`)).toEqual(
      ['tiles', 'invert', 'invert/0', 'invert/1', 'invert/2', 'invert/3', 'join'].map(
        (node) => `${node} COMPLETED`,
      ),
    );
    expect(document.nodes.at(-1)!.outputs).toMatchObject({
      files: { MOSAIC: [{ file_name: 'olinda-landsat7_mosaic.png' }] },
      json: { TILE_COUNT: 4 },
    });
  });

  it('prints the number of the recipe without --wait, and its priority is that of its jobs', async () => {
    const image = await jobImage({ name: 'fails-at-once', script: 'exit 3' });
    const definition = {
      version: '7',
      nodes: {
        one: { node_type: { node_type: 'job', job_type_name: 'fails-at-once', job_type_version: '1.0.0' } },
      },
    };
    const file = JSON.stringify({ definition, jobs: [image] });
    const desk = await writeFiles(await (await opened).directory(), { 'fails.json': file });
    const ran = await submitRecipe(path.join(desk, 'fails.json'), '--priority', '7');
    expect(ran).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^\d+\n$/) });
    const seedbed = await opened;
    const row = await until('its job to have failed', async () => {
      const [found] = await seedbed.query<{ priority: number }>(
        `select priority from job where recipe_id = $1 and status = 'FAILED'`,
        [Number(ran.stdout)],
      );
      return found;
    });
    expect(row).toEqual({ priority: 7 });

    const waited = await submitRecipe('fails', '--wait', '--format', 'json');
    expect(waited.exit).toBe(1);
    expect(resultOf(waited)).toMatchObject({
      status: 'failed',
      error: { name: 'recipe-not-completed', message: expect.stringContaining('one (') },
      nodes: [{ node: 'one', state: 'FAILED', job_type: 'fails-at-once 1.0.0' }],
    });
  });

  it.each([
    [
      ['no-such-type'],
      /There is no recipe type no-such-type; `seed recipe-types` lists those that there are/,
    ],
    [[path.join(samples, 'recipes/mosaic.yaml'), '-i', 'SCENES=1'], /did you mean SCENE\?/],
    [[path.join(samples, 'recipes/none.yaml')], /none\.yaml cannot be read/],
  ])('refuses %p in one sentence', async (args, words) => {
    const { exit, stderr } = await submitRecipe(...args);
    expect([exit, stderr.trimEnd().split('\n').at(-1)]).toEqual([2, expect.stringMatching(words)]);
  });
});
