import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

let api: TestApi;
withApi((started) => (api = started), { SEED_PULL: 'never' });

const image = { name: 'IMAGE', mediaTypes: ['image/png'] };
const result = { name: 'RESULT', pattern: '*.png', mediaType: 'image/png' };
const interfaceOf = (input: object, output: object) => ({
  command: 'true',
  inputs: { files: [input] },
  outputs: { files: [output] },
});

const postJobType = (name: string, more: object = {}, io: object = interfaceOf(image, result)) =>
  api.send('POST', 'job-types/', {
    docker_image: 'image:1',
    manifest: manifestDocument({ name, interface: io }),
    ...more,
  });

const scene = { type: 'recipe', input: 'scene' };
const work = (of = 'worker') => ({
  input: { IMAGE: scene },
  node_type: { node_type: 'job', job_type_name: of, job_type_version: '1.0.0', job_type_revision: 1 },
});
const definition = (nodes: object = { work: work() }, more: object = {}) => ({
  version: '7',
  input: { files: [{ name: 'scene', media_types: ['image/png'] }] },
  nodes,
  ...more,
});
const within = (of: string) => ({
  below: {
    input: { scene },
    node_type: { node_type: 'recipe', recipe_type_name: of, recipe_type_revision: 1 },
  },
});
const post = (title: string, document: object = definition(), more: object = {}) =>
  api.send('POST', 'recipe-types/', { title, definition: document, ...more });
const patch = (name: string, body: object, headers: Record<string, string> = {}) =>
  api.send('PATCH', `recipe-types/${name}/`, body, headers);
const named = (findings: unknown) => (findings as { name: string }[]).map(({ name }) => name);

beforeAll(() => postJobType('worker'));

describe('POST recipe-types/', () => {
  it('makes one by its title, and says where it is', async () => {
    const answer = await post('First Recipe', definition(), { description: 'd' });
    expect([answer.status, answer.headers.location]).toEqual([201, '/v6/recipe-types/first-recipe/']);
    const { warnings, ...document } = answer.json;
    expect([named(warnings), document]).toMatchObject([
      [],
      { name: 'first-recipe', title: 'First Recipe', description: 'd', revision_num: 1, is_active: true },
    ]);
    expect((await api.get('recipe-types/first-recipe/')).json).toEqual(document);
    expect((await api.get('/v7/recipe-types/first-recipe/')).json).toEqual(document);
  });

  it('makes or changes the one of a given name', async () => {
    expect((await post('A', definition(), { name: 'Given.1' })).json).toMatchObject({ name: 'Given.1' });
    const again = await post('B', definition({}), { name: 'Given.1' });
    expect([again.status, again.json.revision_num, again.json.title]).toEqual([201, 2, 'B']);
    expect((await post('B', definition({}), { name: 'Given.1' })).json.revision_num).toBe(2);
  });

  it('refuses one whose title is taken, as Scale does', async () => {
    await post('Taken');
    const { status, json } = await post('taken');
    expect([status, json.code, named(json.errors)]).toEqual([400, 'SB1170', ['DUPLICATE_NAME']]);
  });

  it.each([
    [{ title: 'x' }, /definition/],
    [{ title: 'x', definition: [] }, /definition/],
    [{ definition: {} }, /title/],
    [{ title: 'x'.repeat(251), definition: {} }, /title/],
    [{ title: 'Validation', definition: {} }, /validation/],
  ])('refuses %j', async (body, words) => {
    const { status, json } = await api.send('POST', 'recipe-types/', body);
    expect([status, json.detail]).toEqual([400, expect.stringMatching(words)]);
  });

  it('refuses an invalid definition with each problem by name, node and input', async () => {
    const nodes = { work: { ...work('nobody'), dependencies: [{ name: 'gone' }] } };
    const { status, json } = await post('Wrong', definition(nodes));
    expect([status, json.code]).toEqual([400, 'SB1170']);
    expect(named(json.errors).sort()).toEqual(['JOB_TYPE_DOES_NOT_EXIST', 'UNKNOWN_NODE']);
    expect(json.detail).toContain('work');
    expect((await api.get('recipe-types/wrong/')).status).toBe(404);
  });
});

describe('POST recipe-types/validation/', () => {
  const judge = async (body: object) => {
    const { status, json } = await api.send('POST', 'recipe-types/validation/', body);
    expect(status).toBe(200);
    return json as unknown as { is_valid: boolean; errors: unknown; warnings: unknown; diff: object };
  };

  it('judges a new one, and keeps nothing', async () => {
    expect(await judge({ definition: definition(), title: 'New', is_active: true })).toEqual({
      is_valid: true,
      errors: [],
      warnings: [],
      diff: {},
    });
    expect((await api.get('recipe-types/new/')).status).toBe(404);
    const wrong = await judge({ definition: definition({ a: work('nobody') }) });
    expect([wrong.is_valid, named(wrong.errors), wrong.diff]).toEqual([
      false,
      ['JOB_TYPE_DOES_NOT_EXIST'],
      {},
    ]);
  });

  it('says what would change of one that is there', async () => {
    await post('Judged');
    const changed = await judge({ name: 'judged', definition: definition({ other: work() }) });
    expect(changed.diff).toMatchObject({
      can_be_reprocessed: true,
      nodes: { work: { status: 'DELETED' }, other: { status: 'NEW', reprocess_new_node: true } },
    });
    const input = { input: { files: [{ name: 'scene' }, { name: 'mask' }] } };
    const narrower = await judge({ name: 'judged', definition: definition({}, input) });
    expect([narrower.is_valid, named(narrower.warnings)]).toEqual([true, ['REPROCESS_WARNING']]);
    const unknown = await judge({ name: 'nobody', definition: definition() });
    expect([unknown.is_valid, named(unknown.warnings)]).toEqual([true, ['RECIPE_TYPE_NOT_FOUND']]);
  });
});

describe('GET recipe-types/', () => {
  it('lists with what each names, by name, filtered', async () => {
    await post('List Base');
    await post('List Upper', definition({ ...within('list-base'), work: work() }));
    const list = await api.get('recipe-types/?keyword=list-&order=-name');
    expect(list.json.results).toMatchObject([
      {
        name: 'list-upper',
        job_types: [{ name: 'worker', version: '1.0.0' }],
        sub_recipe_types: ['list-base'],
      },
      { name: 'list-base', sub_recipe_types: [] },
    ]);
    await patch('list-base', { is_active: false, auto_update: false });
    expect((await api.get('recipe-types/?keyword=List&is_active=false')).json.count).toBe(1);
    expect((await api.get('recipe-types/?is_system=true')).json.count).toBe(0);
    expect((await api.get('recipe-types/?page_size=1&keyword=list-')).json.next).toContain('page=2');
    expect((await api.get('recipe-types/?order=colour')).headers.warning).toContain('ignored: colour');
  });

  it('shows one with its job types, and recipe types above and below', async () => {
    await post('Show Base');
    await post('Show Upper', definition(within('show-base')));
    const base = (await api.get('recipe-types/show-base/')).json;
    expect(base).toMatchObject({
      job_types: [{ name: 'worker', manifest: { job: { name: 'worker' } }, configuration: {} }],
      super_recipe_types: [{ name: 'show-upper', definition: { nodes: { below: {} } } }],
    });
    expect((await api.get('recipe-types/show-upper/')).json.sub_recipe_types).toMatchObject([
      { name: 'show-base' },
    ]);
    const names = ((await api.get('job-types/worker/1.0.0/')).json.recipe_types as { name: string }[]).map(
      ({ name }) => name,
    );
    expect(names).toContain('show-base');
    expect(names).not.toContain('show-upper');
    expect((await api.get('recipe-types/nobody/')).status).toBe(404);
  });

  it('shows the secrets of its job types to nobody', async () => {
    const settings = { ...interfaceOf(image, result), settings: [{ name: 'PASSWORD', secret: true }] };
    await postJobType('secretive', { configuration: { settings: { PASSWORD: 'hidden-value' } } }, settings);
    await post('Secretive', definition({ work: work('secretive') }));
    const body = String((await api.get('recipe-types/secretive/')).body);
    expect(body).toContain('******');
    expect(body).not.toContain('hidden-value');
  });

  it('shows revisions, the last one first', async () => {
    await post('Revised');
    await patch('revised', { definition: definition({}) });
    const list = (await api.get('recipe-types/revised/revisions/')).json;
    expect([list.count, list.results]).toMatchObject([
      2,
      [{ revision_num: 2, recipe_type: { name: 'revised', revision_num: 2 } }, { revision_num: 1 }],
    ]);
    expect((await api.get('recipe-types/revised/revisions/1/')).json).toMatchObject({
      revision_num: 1,
      definition: { nodes: { work: {} } },
      recipe_type: { name: 'revised', is_active: true, definition: { nodes: {} } },
    });
    for (const path of [
      'revised/revisions/3/',
      'nobody/revisions/',
      'nobody/revisions/1/',
      'revised/revisions/x/',
    ])
      expect([path, (await api.get(`recipe-types/${path}`)).status]).toEqual([path, 404]);
  });
});

describe('PATCH recipe-types/{name}/', () => {
  it('changes what is given, and says what it made different', async () => {
    await post('Patched');
    const shown = async () => (await api.get('recipe-types/patched/')).json;
    expect((await patch('patched', { title: 'T', description: 'D' })).json).toEqual({
      is_valid: true,
      errors: [],
      warnings: [],
      diff: {},
    });
    expect(await shown()).toMatchObject({ title: 'T', description: 'D', revision_num: 1 });
    const { json } = await patch('patched', { definition: definition({}) });
    expect(json).toMatchObject({ is_valid: true, diff: { nodes: { work: { status: 'DELETED' } } } });
    expect(await shown()).toMatchObject({ title: 'T', revision_num: 2, definition: { nodes: {} } });
    await patch('patched', { is_active: false });
    expect(await shown()).toMatchObject({ is_active: false, deprecated: expect.any(String) });
    await patch('patched', { is_active: true });
    expect(await shown()).toMatchObject({ is_active: true, deprecated: null, revision_num: 2 });
  });

  it('refuses an invalid definition, and changes nothing then', async () => {
    await post('Kept');
    const { status, json } = await patch('kept', { title: 'T', definition: definition(within('kept')) });
    expect([status, named(json.errors)]).toEqual([400, ['RECURSIVE_SUBRECIPES']]);
    expect((await api.get('recipe-types/kept/')).json).toMatchObject({ title: 'Kept', revision_num: 1 });
    expect((await patch('nobody', {})).status).toBe(404);
    const renamed = await patch('kept', { name: 'other' });
    expect([renamed.status, renamed.headers.warning]).toEqual([
      200,
      expect.stringContaining('ignored: name'),
    ]);
  });

  it('is done only to what its sender has seen, where that is asked for', async () => {
    await post('Tagged');
    const { etag = '' } = (await api.get('recipe-types/tagged/')).headers;
    expect((await patch('tagged', { title: 'one' }, { 'If-Match': etag })).status).toBe(200);
    expect((await patch('tagged', { title: 'two' }, { 'If-Match': etag })).status).toBe(412);
    expect((await api.get('recipe-types/tagged/')).json.title).toBe('one');
  });

  it('takes recipe types that contain it along, unless told not to', async () => {
    await post('Lower');
    await post('Upper', definition(within('lower')));
    await patch('lower', { definition: definition({}) });
    expect((await api.get('recipe-types/upper/')).json).toMatchObject({
      revision_num: 2,
      definition: { nodes: { below: { node_type: { recipe_type_revision: 2 } } } },
    });
    const kept = await patch('lower', { is_active: false, auto_update: false });
    expect([named(kept.json.warnings), (await api.get('recipe-types/upper/')).json.is_active]).toEqual([
      ['DEPRECATED_RECIPES'],
      true,
    ]);
    const taken = await patch('lower', { is_active: false });
    expect([named(taken.json.warnings), (await api.get('recipe-types/upper/')).json.is_active]).toEqual([
      ['DEPRECATED_RECIPES'],
      false,
    ]);
  });
});

describe('job types that recipe types name', () => {
  it('warn of those when they go out of use', async () => {
    await postJobType('aging');
    await post('Aging', definition({ work: work('aging') }));
    await post('Above Aging', definition(within('aging')));
    const { json } = await api.send('PATCH', 'job-types/aging/1.0.0/', { is_active: false });
    expect(json).toMatchObject({
      is_valid: true,
      warnings: [{ name: 'DEPRECATED_RECIPES', description: expect.stringMatching(/above-aging, aging$/) }],
    });
    const posted = await postJobType('aging', { is_active: false });
    expect(named(posted.json.warnings)).toContain('DEPRECATED_RECIPES');
    await patch('above-aging', { is_active: false });
    await patch('aging', { is_active: false });
    const quiet = await api.send('PATCH', 'job-types/aging/1.0.0/', { is_active: false });
    expect(quiet.json.warnings).toEqual([]);
  });

  it('raise them to their new revision where that is asked for, and say which cannot follow', async () => {
    await postJobType('rising');
    await post('Rising', definition({ work: work('rising') }));
    const next = { input: { IMAGE: { type: 'dependency', node: 'work', output: 'RESULT' } } };
    await post('Stuck', definition({ work: work('rising'), next: { ...work('rising'), ...next } }));
    const other = interfaceOf(image, { ...result, name: 'OTHER' });
    const revision = async (name: string) => (await api.get(`recipe-types/${name}/`)).json.revision_num;
    await postJobType('rising', {}, { ...other, command: 'false' });
    expect(await revision('rising')).toBe(1);
    const answer = await postJobType('rising', { auto_update: true }, other);
    expect(answer.json.warnings).toContainEqual({
      name: 'NOT_UPDATED',
      description: expect.stringMatching(/^The recipe type stuck stays.*next.*RESULT/),
      path: 'auto_update',
    });
    expect([await revision('rising'), await revision('stuck')]).toEqual([2, 1]);
    const manifest = manifestDocument({ name: 'rising', interface: { ...other, command: 'true true' } });
    await api.send('PATCH', 'job-types/rising/1.0.0/', { manifest, auto_update: true });
    expect((await api.get('recipe-types/rising/')).json.definition).toMatchObject({
      nodes: { work: { node_type: { job_type_revision: 4 } } },
    });
  });
});

it('writes who changed which recipe type into the audit trail', async () => {
  await post('Audited');
  await patch('audited', { title: 'x' });
  const { results } = (await api.get('audit/?page_size=2')).json as unknown as { results: unknown[] };
  expect(results).toMatchObject([
    { action: 'PATCH /recipe-types/:name', entity_id: 'audited', outcome: 200 },
    { action: 'POST /recipe-types', outcome: 201 },
  ]);
});
