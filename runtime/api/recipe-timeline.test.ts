import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { TestRecipes, type TestType } from '../../test/support/recipes.ts';

let api: TestApi;
withApi((started) => (api = started));

let scenes: TestType;
let tiles: TestType;

beforeAll(async () => {
  const recipes = new TestRecipes(api.db);
  scenes = await recipes.recipeType('scenes', {}, { title: 'Landsat scenes', revision_num: 2 });
  tiles = await recipes.recipeType('tiles', {});
  await recipes.recipeType('idle', {});
  const revision = await recipes.insert('recipe_type_revision', {
    recipe_type_id: scenes.id,
    revision_num: 2,
    definition: {},
  });
  const second: TestType = { ...scenes, revision };
  const completed = (type: TestType, at: string, more: object = {}) =>
    recipes.recipe(type, { is_completed: true, completed: at, ...more });
  const first = await completed(scenes, '2020-01-01T00:00:00Z');
  await completed(scenes, '2020-01-01T23:59:59.999999Z');
  await completed(scenes, '2020-01-03T12:00:00Z');
  await completed(second, '2020-01-03T23:00:00-02:00');
  await completed(tiles, '2020-01-02T00:00:00+01:00', { recipe_id: first, root_recipe_id: first });
  await recipes.recipe(tiles);
});

/** `name revision: day × count, ...` of each entry. */
async function timeline(query: string): Promise<string[]> {
  const { status, json } = await api.get(`timeline/recipe-types/?${query}`);
  expect([status, json.count, json.next, json.previous]).toEqual([200, json.results.length, null, null]);
  return json.results.map(({ name, revision_num, results }) => {
    const days = results as { date: string; count: number }[];
    return `${name} ${revision_num}: ${days.map(({ date, count }) => `${date} × ${count}`).join(', ')}`;
  });
}

const all = 'started=2020-01-01T00:00:00Z';

describe('timeline/recipe-types/', () => {
  it('counts what completed each day, by revision', async () => {
    const { json } = await api.get(`timeline/recipe-types/?${all}`);
    expect(json.results).toEqual([
      {
        recipe_type_id: scenes.id,
        name: 'scenes',
        title: 'Landsat scenes',
        revision_num: 1,
        results: [
          { date: '2020-01-01', count: 2 },
          { date: '2020-01-03', count: 1 },
        ],
      },
      {
        recipe_type_id: scenes.id,
        name: 'scenes',
        title: 'Landsat scenes',
        revision_num: 2,
        results: [{ date: '2020-01-04', count: 1 }],
      },
      {
        recipe_type_id: tiles.id,
        name: 'tiles',
        title: 'tiles',
        revision_num: 1,
        results: [{ date: '2020-01-01', count: 1 }],
      },
    ]);
  });

  it.each([
    [
      'started=2020-01-01T23:59:59Z&ended=2020-01-03T00:00:00Z',
      ['scenes 1: 2020-01-01 × 2, 2020-01-03 × 1', 'tiles 1: 2020-01-01 × 1'],
    ],
    ['started=2020-01-02T00:00:00Z&ended=2020-01-02T23:59:59Z', []],
    [
      'started=2020-01-02T00:00:00%2B02:00&ended=2020-01-02T00:00:00Z',
      ['scenes 1: 2020-01-01 × 2', 'tiles 1: 2020-01-01 × 1'],
    ],
    ['started=2020-01-04T00:00:00Z', ['scenes 2: 2020-01-04 × 1']],
    ['started=P1D', []],
  ])('counts whole days in UTC: %s', async (query, expected) => {
    expect(await timeline(query)).toEqual(expected);
  });

  it('can be of some types or revisions only', async () => {
    const ofTiles = ['tiles 1: 2020-01-01 × 1'];
    const second = ['scenes 2: 2020-01-04 × 1'];
    expect(await timeline(`${all}&id=${tiles.id}`)).toEqual(ofTiles);
    expect(await timeline(`${all}&id=${tiles.id}&id=${scenes.id}`)).toHaveLength(3);
    expect(await timeline(`${all}&name=tiles`)).toEqual(ofTiles);
    expect(await timeline(`${all}&name=tiles&name=idle`)).toEqual(ofTiles);
    expect(await timeline(`${all}&name=idle`)).toEqual([]);
    expect(await timeline(`${all}&rev=2`)).toEqual(second);
    expect(await timeline(`${all}&rev=1&rev=2&name=scenes`)).toHaveLength(2);
    expect(await timeline(`${all}&rev=1&id=${tiles.id}&name=scenes`)).toEqual([]);
    expect(await timeline(`${all}&rev=4294967298`)).toEqual([]);
  });

  it('must be told where to begin', async () => {
    for (const query of [
      '',
      'ended=2020-01-01T00:00:00Z',
      'started=2020-01-02',
      `${all}&ended=2019-01-01T00:00:00Z`,
    ])
      expect([query, (await api.get(`timeline/recipe-types/?${query}`)).status]).toEqual([query, 400]);
  });
});
