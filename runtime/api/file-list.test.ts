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
      expect((await list(`${name}_ended=2020-01-01T00:00:00Z`)).slice(0, 1)).toEqual([0]);
    }
  });

  it.each(Object.keys(fileOrders))('are sorted by %s, both ways', async (name) => {
    const up = await list(`order=${name}`);
    expect(up).toHaveLength(3);
    expect(await list(`order=-${name}`)).toEqual(up.toReversed());
    expect(await list(`order=${name}&order=-file_name`)).toHaveLength(3);
  });
});
