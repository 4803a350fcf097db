import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { fileOrders } from '../catalog/index.ts';

let api: TestApi;
withApi((started) => (api = started));

/** Three files; `first` differs from `second` in every column, and `third` has none of them. */
const ids: number[] = [];
const jobs: number[] = [];
const types: number[] = [];
beforeAll(async () => {
  for (const name of ['first', 'second']) {
    const manifest = manifestDocument({ name });
    const type = (await api.send('POST', 'job-types/', { docker_image: 'x:1', manifest })).json.id;
    types.push(type);
    jobs.push((await api.send('POST', 'jobs/', { job_type_id: type, input: {} })).json.id);
  }
  const [workspace] = await api.db.query<{ id: number }>(
    `insert into workspace (name, json_config) values ('apart', '{}') returning id`,
  );
  for (const name of ['first', 'second', 'third']) {
    const octets = { 'Content-Type': 'application/octet-stream' };
    ids.push(
      (await api.send('POST', `files/?name=${name}.tif&media_type=image/${name}`, name, octets)).json.id,
    );
  }
  await api.db.query(`update scale_file set created = '2001-01-01Z', last_modified = '2001-01-01Z'`);
  for (const [index, name] of ['first', 'second'].entries())
    await api.db.query(
      `update scale_file set data_started = $2, data_ended = $2, source_started = $2, source_ended = $2,
         created = $2, last_modified = $2, source_sensor_class = $3, source_sensor = $3, source_collection = $3,
         source_task = $3, job_id = $4, job_type_id = $5, job_output = $3, recipe_id = $6, recipe_node = $3,
         recipe_type_id = $6, batch_id = $6, data_type_tags = array[$3, 'both'], countries = array[$3],
         file_type = $7, workspace_id = coalesce($8, workspace_id)
       where id = $1`,
      [
        ids[index],
        `20${20 + index}-01-01T00:00:00Z`,
        name,
        jobs[index],
        types[index],
        7 + index,
        index === 0 ? 'PRODUCT' : 'SOURCE',
        index === 0 ? workspace!.id : null,
      ],
    );
});

const list = async (query: string) => {
  const { status, headers, json } = await api.get(`files/?${query}`);
  expect([query, status, headers.warning]).toEqual([query, 200, undefined]);
  expect(json.count).toBe(json.results.length);
  return json.results.map((row) => ids.indexOf(row.id as number));
};

describe('files/', () => {
  it.each([
    'source_sensor_class',
    'source_sensor',
    'source_collection',
    'source_task',
    'job_output',
    'recipe_node',
    'data_type',
    'country',
    'job_type_name',
  ])('are filtered by %s, which may be repeated', async (name) => {
    expect(await list(`${name}=first`)).toEqual([0]);
    expect(await list(`${name}=second&${name}=first`)).toEqual([0, 1]);
    expect(await list(`${name}=none`)).toEqual([]);
  });

  it('are filtered by ids, names and kinds', async () => {
    for (const name of ['recipe_id', 'recipe_type_id', 'batch_id']) {
      expect(await list(`${name}=7`)).toEqual([0]);
      expect(await list(`${name}=7&${name}=8`)).toEqual([0, 1]);
    }
    expect(await list(`job_id=${jobs[1]}`)).toEqual([1]);
    expect(await list(`job_id=${jobs[1]}&job_id=${jobs[0]}`)).toEqual([0, 1]);
    expect(await list(`job_type_id=${types[0]}`)).toEqual([0]);
    expect(await list('file_name=third.tif&file_name=first.tif')).toEqual([0, 2]);
    expect(await list('media_type=image/third')).toEqual([2]);
    expect(await list('file_type=PRODUCT')).toEqual([0]);
    expect(await list('workspace=apart')).toEqual([0]);
    expect(await list('workspace=apart&workspace=seedbed')).toEqual([0, 1, 2]);
    expect(await list('data_type=both&file_type=SOURCE')).toEqual([1]);
  });

  it('are filtered by ranges of time, with both ends in them', async () => {
    for (const name of ['data', 'source', 'modified', 'created']) {
      expect(await list(`${name}_started=2021-01-01T00:00:00Z`)).toEqual([1]);
      expect(
        await list(`${name}_started=2020-01-01T00:00:00Z&${name}_ended=2020-06-01T02:00:00%2B02:00`),
      ).toEqual([0]);
      const until = await list(`${name}_ended=2020-01-01T00:00:00Z`);
      expect([until.includes(0), until.includes(1)]).toEqual([true, false]);
    }
  });

  it('are filtered by words of their names, and by parts of them', async () => {
    expect(await list('word=FIRST')).toEqual([0]);
    expect(await list('word=fi*')).toEqual([0]);
    expect(await list('word=irst')).toEqual([]);
    expect(await list('word=tif&word=sec*')).toEqual([1]);
    expect(await list('word=third.tif')).toEqual([2]);
    expect(await list('name=IR')).toEqual([0, 2]);
    expect(await list('name=?ir*')).toEqual([0]);
  });

  it('are filtered by members of meta_data', async () => {
    const values = [
      '{"a": {"b": 1}, "c.d": "x y", "on": true}',
      '{"a": [{"b": 2}], "on": "true"}',
      '{"a": 7}',
    ];
    for (const [index, value] of values.entries())
      await api.db.query('update scale_file set meta_data = $2 where id = $1', [ids[index], value]);
    expect(await list('meta_data.a.b=1')).toEqual([0]);
    expect(await list('meta_data=a.b=2')).toEqual([1]);
    expect(await list('meta_data.a.b=3')).toEqual([]);
    expect(await list('meta_data.on=true')).toEqual([0, 1]);
    expect(await list('meta_data.%22c.d%22=x%20y')).toEqual([0]);
    expect(await list('meta_data.a.b>=1')).toEqual([0, 1]);
    expect(await list('meta_data.a.b>1')).toEqual([1]);
    expect(await list('meta_data.a.b<2&meta_data.on=true')).toEqual([0]);
    expect(await list('meta_data=a%3C=7&meta_data=a%3E=7')).toEqual([2]);
  });

  it('are filtered by checksum and type of recipe', async () => {
    const sum = createHash('sha256').update('second').digest('hex');
    expect(await list(`sha256=${sum}`)).toEqual([1]);
    expect(await list(`sha256=${sum.toUpperCase()}&sha256=${'0'.repeat(64)}`)).toEqual([1]);
    expect(await list('recipe_type_name=none')).toEqual([]);
  });

  it('are filtered by where and when their data are', async () => {
    const place = (index: number, x: number) =>
      api.db.query(
        `update scale_file set geometry = $2, bbox = box(point($3, 0), point($3 + 2, 2)) where id = $1`,
        [
          ids[index],
          {
            type: 'Polygon',
            coordinates: [
              [
                [x, 0],
                [x + 2, 0],
                [x, 2],
                [x, 0],
              ],
            ],
          },
          x,
        ],
      );
    await place(0, 179);
    await place(1, 10);
    expect(await list('bbox=178,0,-178,1')).toEqual([0]);
    expect(await list('bbox=11.5,1.5,12,2')).toEqual([1]);
    const shape = (text: string) => list(`intersects=${encodeURIComponent(text)}`);
    expect(await shape('POINT (11.5 1.5)')).toEqual([]);
    expect(await shape('POINT (10.5 1)')).toEqual([1]);
    expect(await shape('{"type":"Point","coordinates":[-179.5,0.2]}')).toEqual([0]);
    expect(await list('bbox=0,0,180,1&intersects=POINT(-179.5%200.2)')).toEqual([0]);
    expect(await list('bbox=0,0,100,1&intersects=POINT(-179.5%200.2)')).toEqual([]);
    expect(await list('data_time=2020-01-01T00:00:00Z')).toEqual([0]);
    expect(await list('data_time=2019-01-01T00:00:00Z/2020-06-01T00:00:00Z')).toEqual([0]);
    expect(await list('data_time=2020-06-01T00:00:00Z/..')).toEqual([1]);
    expect(await list('data_time=P366D/2021-01-01T00:00:00Z')).toEqual([1, 0]);
    expect(await list('data_time=2020-06-01T00:00:00Z/P1D&bbox=0,0,180,1')).toEqual([]);
  });

  it('show those that were deleted or superseded only when they are asked for', async () => {
    await api.db.query('update scale_file set is_superseded = true where id = $1', [ids[0]]);
    await api.db.query('update scale_file set is_deleted = true where id = $1', [ids[1]]);
    expect(await list('')).toEqual([2]);
    expect(await list('superseded=true')).toEqual([0, 2]);
    expect(await list('deleted=true')).toEqual([1, 2]);
    expect(await list('deleted=true&superseded=true')).toEqual([0, 1, 2]);
    await api.db.query('update scale_file set is_superseded = false, is_deleted = false');
  });

  it.each([
    ['bbox=1,2,3', 'bbox takes WEST,SOUTH,EAST,NORTH'],
    ['intersects=nonsense', 'intersects takes GeoJSON or well-known text'],
    ['intersects=POINT(1%20100)', 'intersects is not valid'],
    ['word=*', 'word takes a word'],
    ['meta_data.a', 'meta_data takes the path of a member'],
    ['meta_data=a', 'meta_data takes the path of a member'],
    ['sha256=abc', 'sha256 takes a SHA-256'],
    ['data_time=yesterday', 'data_time must be an interval'],
    ['data_time=2020-01-01T00:00:00/..', 'data_time must be an interval'],
    ['data_time=../..', 'data_time must be an interval'],
    ['data_time=2021-01-01T00:00:00Z/2020-01-01T00:00:00Z', 'data_time must be an interval'],
    ['count=all', 'count must be one of'],
    ['source_started=yesterday', 'source_started must be a time as'],
  ])('are refused for %s', async (query, words) => {
    const { status, json } = await api.get(`files/?${query}`);
    expect([status, JSON.stringify(json)]).toEqual([400, expect.stringContaining(words)]);
  });

  it.each(['2020-01-01', '2020-01-01T00:00:00'])('take %s as the refusal of it says', async (given) => {
    const { status, json } = await api.get(`files/?source_started=${given}`);
    const [, said] = /source_started must have an offset from UTC, as in (\S+Z)/.exec(JSON.stringify(json))!;
    expect([status, said]).toEqual([400, '2020-01-01T00:00:00Z']);
    expect((await api.get(`files/?source_started=${said}`)).status).toBe(200);
  });

  it.each(Object.keys(fileOrders))('are sorted by %s, both ways', async (name) => {
    const up = await list(`order=${name}`);
    expect(up).toHaveLength(3);
    expect(await list(`order=-${name}`)).toEqual(up.toReversed());
    expect(await list(`order=${name}&order=-file_name`)).toHaveLength(3);
  });
});
