import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';

let api: TestApi;
withApi((started) => (api = started));

interface Type {
  readonly id: number;
  /** Ids of its revisions, the first one first. */
  readonly revisions: readonly number[];
}

let scenes: Type;
let tiles: Type;

beforeAll(async () => {
  scenes = await recipeType('scenes', 'Landsat scenes', 2);
  tiles = await recipeType('tiles', null, 1);
  await recipeType('idle', null, 1);
  const first = await completed(scenes, 1, '2020-01-01T00:00:00Z');
  await completed(scenes, 1, '2020-01-01T23:59:59.999999Z');
  await completed(scenes, 1, '2020-01-03T12:00:00Z');
  await completed(scenes, 2, '2020-01-03T23:00:00-02:00');
  await completed(tiles, 1, '2020-01-02T00:00:00+01:00', first);
  await completed(tiles, 1, null);
});

/** @param count of its revisions */
async function recipeType(name: string, title: string | null, count: number): Promise<Type> {
  const [type] = await api.db.query<{ id: number }>(
    `insert into recipe_type (name, title, definition, revision_num) values ($1, $2, '{}', $3) returning id`,
    [name, title, count],
  );
  const revisions = await api.db.query<{ id: number }>(
    `insert into recipe_type_revision (recipe_type_id, revision_num, definition)
     select $1, n, '{}' from generate_series(1, $2::integer) n returning id`,
    [type!.id, count],
  );
  return { id: type!.id, revisions: revisions.map(({ id }) => id) };
}

/**
 * A recipe of a revision, from 1.
 * @param at null: it still runs
 * @param parent the recipe that it is a part of
 */
async function completed(type: Type, revision: number, at: string | null, parent?: number): Promise<number> {
  const [row] = await api.db.query<{ id: number }>(
    `with new as (select nextval('recipe_id_seq') as id)
     insert into recipe (id, recipe_type_id, recipe_type_revision_id, recipe_id, root_recipe_id, input, nodes_left,
       is_completed, completed) overriding system value
     select id, $1, $2, $3::bigint, coalesce($3::bigint, id), '{}', 0, $4::timestamptz is not null, $4 from new
     returning id`,
    [type.id, type.revisions[revision - 1], parent, at],
  );
  return row!.id;
}

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
