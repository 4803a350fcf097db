import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { manifestDocument } from '../../../test/support/manifest.ts';
import { readConfig } from '../../config/index.ts';
import { connectLasting, type LastingDatabase } from '../../database/index.ts';
import { saveRecipeType } from '../../recipes/index.ts';
import { acceptRecipe, type RecipeRequest } from './accept-recipe.ts';
import { saveJobType } from './save-job-type.ts';

let test: TestDatabase;
let db: LastingDatabase;
let typeId: number;
const context = { config: readConfig({ SEED_HOME: '/nowhere' }), engineSockets: [] };
beforeAll(async () => {
  test = await testDatabase();
  db = await connectLasting({ home: '', databaseUrl: test.url });
  const settings = [{ name: 'HOST' }, { name: 'PASSWORD', secret: true }];
  const mounts = [{ name: 'M', path: '/m' }];
  const manifest = manifestDocument({ name: 'worker', interface: { settings, mounts } });
  await saveJobType(db, context, { manifest, image: 'image:1', configuration: {}, change: {} }, 'jane');
  const definition = {
    input: { json: [{ name: 'N', type: 'integer', required: true }] },
    nodes: { a: { node_type: { node_type: 'job', job_type_name: 'worker', job_type_version: '1.0.0' } } },
  };
  typeId = (await saveRecipeType(db, { title: 'worker', definition }, 'jane')).saved!.id;
});
afterAll(async () => {
  await db.close();
  await test.drop();
});

const input = { files: {}, json: { N: 1 } };
const accept = (more: Partial<RecipeRequest> = {}) =>
  acceptRecipe(db, context, { typeId, input, ...more }, 'jane');
const recipes = async () => (await db.query('select 1 from recipe')).length;

describe('a recipe that somebody submits', () => {
  it('is begun with its configuration', async () => {
    const { id } = await accept({ configuration: { priority: 7, settings: { HOST: 'h' } } });
    const [job] = await db.query('select status, priority, configuration from job where recipe_id = $1', [
      id,
    ]);
    expect(job).toMatchObject({ status: 'PENDING', priority: 7, configuration: { settings: { HOST: 'h' } } });
  });

  it('is warned of a setting that none of its jobs has', async () => {
    const { warnings } = await accept({ configuration: { settings: { HOSTS: 'h' } } });
    expect(warnings).toMatchObject([
      { name: 'UNKNOWN_SETTING', description: expect.stringContaining('HOSTS') },
    ]);
  });

  it('is the same one for the same key, also when two come at once', async () => {
    const before = await recipes();
    const ids = await Promise.all([1, 2, 3].map(() => accept({ dedupeKey: 'key' })));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    expect(await recipes()).toBe(before + 1);
  });

  it.each([
    ['input that is missing', { input: { files: {}, json: {} } }, 'PARAM_REQUIRED'],
    ['input of another type', { input: { files: {}, json: { N: 'x' } } }, 'INVALID_JSON_TYPE'],
    ['a priority below 1', { configuration: { priority: 0 } }, 'INVALID_'],
    [
      'a host mount that lies outside the roots',
      { configuration: { mounts: { M: { type: 'host', host_path: '/etc' } } } },
      '/etc',
    ],
    ['a secret', { configuration: { settings: { PASSWORD: 'p' } } }, 'PASSWORD of worker 1.0.0 is secret'],
  ])('is refused for %s', async (_what, more, words) => {
    const before = await recipes();
    await expect(accept(more)).rejects.toThrow(words);
    expect(await recipes()).toBe(before);
  });

  it('is refused for a type or revision that is not there, or is not active', async () => {
    await expect(accept({ typeId: 4711 })).rejects.toThrow('no recipe type 4711');
    await expect(accept({ revisionNum: 9 })).rejects.toThrow('no revision 9');
    await db.query('update recipe_type set is_active = false where id = $1', [typeId]);
    await expect(accept()).rejects.toThrow('not active');
  });
});
