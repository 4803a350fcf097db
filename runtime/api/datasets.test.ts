import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { markDeleted } from '../retention/index.ts';

let api: TestApi;
withApi((started) => (api = started));

/** Two pictures and a text. */
const ids: number[] = [];
beforeAll(async () => {
  for (const name of ['a.tif', 'b.tif', 'c.txt']) {
    const octets = { 'Content-Type': 'application/octet-stream' };
    const type = name.endsWith('.tif') ? 'image/tiff' : 'text/plain';
    ids.push((await api.send('POST', `files/?name=${name}&media_type=${type}`, name, octets)).json.id);
  }
});

const scene = { name: 'SCENE', media_types: ['image/tiff'], required: true, multiple: false };
const definition = {
  parameters: { files: [scene], json: [{ name: 'N', type: 'integer', required: false }] },
};
const whole = {
  parameters: { files: [scene], json: [{ name: 'N', type: 'integer', required: false }] },
  global_parameters: { files: [], json: [] },
  global_data: { files: {}, json: {} },
};
const make = async (body: object = {}) => {
  const { status, json } = await api.send('POST', 'datasets/', { definition, ...body });
  expect([status, json]).toEqual([201, expect.anything()]);
  return json.id as number;
};
const add = (id: number, body: object) => api.send('POST', `datasets/${id}/`, body);
const template = { files: { SCENE: 'FILE_VALUE' }, json: { N: 3 } };
const counts = async (id: number) => {
  const { member_count, files } = (await api.get(`datasets/${id}/`)).json as unknown as Record<
    string,
    number
  >;
  return { member_count, files };
};

describe('datasets/', () => {
  it("are made, shown and listed in Scale's shapes", async () => {
    const made = await api.send('POST', 'datasets/', { title: 'Mine', description: 'of 50%', definition });
    const { id } = made.json;
    expect([made.status, made.headers.location]).toEqual([201, `/v6/datasets/${id}/`]);
    const shown = {
      ...{ id, title: 'Mine', description: 'of 50%', definition: whole, files: 0, member_count: 0 },
      ...{ created: expect.any(String), last_modified: expect.any(String) },
    };
    expect(made.json).toEqual(shown);
    expect((await api.get(`datasets/${id}/`)).json).toEqual(shown);
    const other = await make({ title: 'Other' });
    const found = async (query: string) =>
      (await api.get(`datasets/?${query}`)).json.results.map((row) => row.id);
    expect(await found('order=id')).toEqual([id, other]);
    expect(await found('order=-title')).toEqual([other, id]);
    expect(await found(`dataset_id=${other}`)).toEqual([other]);
    expect(await found('keyword=MIN')).toEqual([id]);
    expect(await found('keyword=50%25&keyword=nothing')).toEqual([id]);
    expect(await found('keyword=5_%25')).toEqual([]);
    expect(await found('started=PT1H&order=id')).toEqual([id, other]);
    expect(await found('ended=PT1H')).toEqual([]);
    for (const address of ['datasets/98765/', 'datasets/98765/members/', 'datasets/members/98765/'])
      expect((await api.get(address)).status).toBe(404);
  });

  const json = (name: string, required = true) => ({ json: [{ name, type: 'string', required }] });
  it.each([
    ['INVALID_DATASET_DEFINITION', {}],
    ['INVALID_DATASET_DEFINITION', { parameters: { files: [{ nme: 'A' }] } }],
    ['INVALID_VERSION', { version: '5', parameters: {} }],
    ['NAME_COLLISION_ERROR', { parameters: { ...json('A'), files: [{ name: 'A' }] } }],
    ['DUPLICATE_PARAMETER', { parameters: json('A'), global_parameters: json('A', false) }],
    ['MISSING_GLOBAL_DATA', { parameters: {}, global_parameters: json('A') }],
    [
      'INVALID_GLOBAL_DATA',
      { parameters: {}, global_parameters: json('A'), global_data: { json: { A: 1 } } },
    ],
    ['INVALID_GLOBAL_DATA', { parameters: {}, global_parameters: json('A'), global_data: {} }],
  ])('are judged: %s', async (name, wrong) => {
    const judged = await api.send('POST', 'datasets/validation/', { definition: wrong });
    expect([judged.status, judged.json]).toMatchObject([200, { is_valid: false }]);
    expect((judged.json as unknown as { errors: { name: string }[] }).errors[0]!.name).toBe(name);
    const refused = await api.send('POST', 'datasets/', { definition: wrong });
    expect([refused.status, refused.json.code]).toEqual([400, 'SB1320']);
  });

  it('are judged to be fine, with what is dropped of the global data', async () => {
    const given = {
      version: '7',
      parameters: {},
      global_parameters: json('A'),
      global_data: { json: { A: 'x', B: 1 } },
    };
    expect((await api.send('POST', 'datasets/validation/', { definition: given })).json).toMatchObject({
      is_valid: true,
      errors: [],
      warnings: [{ name: 'UNKNOWN_INPUT', path: 'global_data.json.B' }],
    });
  });
});

describe('members of a dataset', () => {
  it('are added one by one, listed and shown with their files', async () => {
    const id = await make();
    const data = [
      { files: { SCENE: [ids[0]] }, json: { N: 1 }, version: '7' },
      { files: { SCENE: [ids[1]] }, json: {} },
      { files: { SCENE: [ids[0]] } },
    ];
    const tried = await add(id, { data, dry_run: true });
    expect([tried.status, (tried.json as unknown as object[]).length]).toEqual([200, 3]);
    expect(await counts(id)).toEqual({ member_count: 0, files: 0 });
    const added = await add(id, { data });
    expect([added.status, added.headers.location]).toEqual([201, `/v6/datasets/${id}/`]);
    const members = added.json as unknown as { id: number }[];
    expect(members[0]).toEqual({
      ...{ id: members[0]!.id, data: data[0], file_ids: [ids[0]], created: expect.any(String) },
    });
    expect(await counts(id)).toEqual({ member_count: 3, files: 2 });
    const page = (await api.get(`datasets/${id}/members/?page_size=2`)).json;
    expect([page.count, page.results.map((row) => row.id)]).toEqual([3, [members[0]!.id, members[1]!.id]]);
    expect((await api.get(`datasets/members/${members[1]!.id}/`)).json).toMatchObject({
      dataset: { id },
      files: [{ parameter_name: 'SCENE', scale_file: { id: ids[1], file_name: 'b.tif' } }],
    });
    expect((await add(98765, { data })).status).toBe(404);
  });

  it.each([
    ['PARAM_REQUIRED', { data: [{ files: {}, json: {} }] }],
    ['UNKNOWN_FILE', { data: [{ files: { SCENE: [98765] } }] }],
    ['INVALID_JSON_TYPE', { data: [{ files: { SCENE: [1] }, json: { N: 'x' } }] }],
    ['MULTIPLE_FILES', { data: [{ files: { SCENE: [1, 2] } }] }],
    ['INVALID_TEMPLATE', { data_template: { files: { SCENE: [1] } } }],
    ['INVALID_TEMPLATE', { data_template: { files: { SCNE: 'FILE_VALUE', SCENE: [1] } } }],
    ['INVALID_TEMPLATE', { data_template: { file: { SCENE: 'FILE_VALUE' } } }],
    ['INVALID_JSON_TYPE', { data_template: { files: { SCENE: 'FILE_VALUE' }, json: { N: 'x' } } }],
    ['INVALID_DATA', {}],
  ])('are refused, all of them: %s', async (name, body) => {
    const id = await make();
    const good = 'data' in body ? { data: [{ files: { SCENE: [ids[0]] } }, ...body.data] } : body;
    const refused = await add(id, good);
    expect([refused.status, refused.json.code]).toEqual([400, 'SB1321']);
    expect(refused.json.detail).toContain(name);
    expect(await counts(id)).toEqual({ member_count: 0, files: 0 });
  });

  it('are made of a template, one for each file that the filters find, in their order', async () => {
    const id = await make();
    const wanted = { data_template: template, media_type: 'image/tiff', order: '-file_name' };
    const tried = await add(id, { ...wanted, dry_run: true });
    const data = [ids[1], ids[0]].map((file) => ({ version: '7', files: { SCENE: [file] }, json: { N: 3 } }));
    expect([tried.status, tried.json]).toEqual([200, data]);
    const added = await add(id, wanted);
    expect(added.status).toBe(201);
    expect((added.json as unknown as { data: object }[]).map((member) => member.data)).toEqual(data);
    expect(await counts(id)).toEqual({ member_count: 2, files: 2 });
    await add(id, { data_template: template, file_name: ['a.tif', 'c.txt'] });
    expect(await counts(id)).toEqual({ member_count: 4, files: 3 });
    const none = await add(id, { data_template: template, file_name: 'nothing' });
    expect([none.status, Object.keys(none.json)]).toEqual([200, ['No Results']]);
    const odd = await add(id, { data_template: template, file_nam: 'a.tif' });
    expect([odd.status, odd.json.detail]).toEqual([400, expect.stringContaining('did you mean file_name')]);
    expect((await add(id, { data_template: template, data_started: 'yesterday' })).status).toBe(400);
  });

  it('come with the dataset itself, or with a dry run of it not at all', async () => {
    const before = (await api.get('datasets/')).json.count;
    const body = { data_template: template, word: 'tif' };
    const tried = await api.send('POST', 'datasets/', { definition, ...body, dry_run: true });
    expect([tried.status, (tried.json as unknown as object[]).length]).toEqual([200, 2]);
    const refused = await api.send('POST', 'datasets/', { definition, data: [{ files: {} }] });
    expect(refused.json.code).toBe('SB1321');
    expect((await api.get('datasets/')).json.count).toBe(before);
    const made = await api.send('POST', 'datasets/', { definition, ...body });
    expect([made.status, made.json]).toMatchObject([201, { files: 2, member_count: 2 }]);
    const one = await api.send('POST', 'datasets/', { definition, data: { files: { SCENE: [ids[0]] } } });
    expect([one.status, one.json]).toMatchObject([201, { files: 1, member_count: 1 }]);
  });

  it('keep their files while a batch over them is made', async () => {
    const id = await make({ data: [{ files: { SCENE: [ids[0]] } }] });
    const [type] = await api.db.query<{ id: number }>(
      `insert into recipe_type (name, title, definition, revision_num) values ('any', 'Any', '{}', 1) returning id`,
    );
    const [batch] = await api.db.query<{ id: number }>(
      `insert into batch (recipe_type_id, definition, dataset_id) values ($1, '{}', $2) returning id`,
      [type!.id, id],
    );
    const mark = () =>
      api.db.transaction((tx) => markDeleted(tx, [ids[0]!], { reason: 'a test', actor: 'jane' }));
    expect((await mark()).kept).toEqual([
      { fileId: ids[0], by: 'batch', id: batch!.id, words: `batch ${batch!.id} is being made of it` },
    ]);
    await api.db.query(`update batch set state = 'CREATED' where id = $1`, [batch!.id]);
    expect((await mark()).deleted).toHaveLength(1);
  });

  it('are twelve thousand: the answer is their number, and files are read in chunks', async () => {
    await api.db.query(
      `insert into scale_file (uuid, version_id, workspace_id, file_name, file_path, file_type, media_type, file_size, source_task)
       select gen_random_uuid(), gen_random_uuid(), (select min(id) from workspace), n || '.dat', 'bulk/' || n, 'SOURCE', 'image/tiff', 1, 'bulk'
       from generate_series(1, 12000) n`,
    );
    const id = await make();
    const tried = await add(id, { data_template: template, source_task: 'bulk', dry_run: true });
    expect([tried.status, tried.json.count]).toEqual([200, 12_000]);
    const before = process.memoryUsage().heapUsed;
    const added = await add(id, { data_template: template, source_task: 'bulk' });
    expect([added.status, added.json]).toEqual([201, { dataset: { id }, count: 12_000 }]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60e6);
    expect(await counts(id)).toEqual({ member_count: 12_000, files: 12_000 });
    const [row] = await api.db.query<{ rising: boolean }>(
      `select bool_and(file > before) as rising from (
         select file_ids[1] as file, lag(file_ids[1], 1, 0::bigint) over (order by id) as before
         from dataset_member where dataset_id = $1) s`,
      [id],
    );
    expect(row!.rising).toBe(true);
  });
});
