import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { manifestDocument, testManifest } from '../../../test/support/manifest.ts';
import type { Database } from '../../database/index.ts';
import { registerJobType } from '../../jobs/index.ts';
import {
  changeRecipeType,
  compareRecipeType,
  knownTypes,
  listRecipeTypeRevisions,
  listRecipeTypes,
  lockRecipeTypes,
  raiseUsers,
  recipeTypeDetails,
  recipeTypeRevision,
  saveRecipeType,
} from './index.ts';

let db: Database;

withDatabase((connected) => (db = connected));

const all = { offset: 0, limit: 1000 };

/** A job type that takes and gives an image. @returns `job_type.id` */
async function jobType(name: string, more: Record<string, unknown> = {}): Promise<number> {
  const job = {
    name,
    interface: {
      command: 'true',
      inputs: { files: [{ name: 'IMAGE', mediaTypes: ['image/png'], ...more }] },
      outputs: { files: [{ name: 'RESULT', pattern: '*.png', mediaType: 'image/png' }] },
    },
  };
  const type = await registerJobType(db, testManifest(job), manifestDocument(job), 'image:1', 'jane');
  return type.jobTypeId;
}

const job = (of: string, input: object, more: object = {}) => ({
  input,
  node_type: { node_type: 'job', job_type_name: of, job_type_version: '1.0.0', ...more },
});
const sub = (of: string, input: object = {}, more: object = {}) => ({
  input,
  node_type: { node_type: 'recipe', recipe_type_name: of, ...more },
});
const scene = { type: 'recipe', input: 'scene' };
const definition = (nodes: Record<string, object>, more: object = {}) => ({
  version: '7',
  input: { files: [{ name: 'scene', media_types: ['image/png'] }] },
  nodes,
  ...more,
});
const oneJob = (of: string) => definition({ work: job(of, { IMAGE: scene }) });

async function saved(name: string, document: unknown) {
  const { errors, saved: type } = await saveRecipeType(db, { name, definition: document }, 'jane');
  expect(errors).toEqual([]);
  return type!;
}

const membersOf = async (name: string) => {
  const { job_type_ids, sub_recipe_types } = (await recipeTypeDetails(db, name))!;
  return [job_type_ids.length, sub_recipe_types.map((one) => one.name)];
};

describe('saveRecipeType', () => {
  it('makes one whose name comes from its title, with defaults filled in', async () => {
    await jobType('titled');
    const request = { title: 'Ein Höhen-Modell, v2!', description: 'd', definition: oneJob('titled') };
    const { saved: made, warnings, diff } = await saveRecipeType(db, request, 'jane');
    expect(made).toMatchObject({ name: 'ein-hohen-modell-v2', revisionNum: 1, outcome: 'created' });
    expect([warnings, diff]).toEqual([[], {}]);
    expect(await recipeTypeDetails(db, made!.name)).toMatchObject({
      ...{ id: made!.id, title: request.title, description: 'd', is_active: true, is_system: false },
      ...{ revision_id: made!.revisionId, revision_num: 1, deprecated: null },
      definition: {
        output: {},
        nodes: { work: { dependencies: [], node_type: { job_type_revision: 1 } } },
      },
    });
  });

  it.each([
    [{ title: '!?' }, 'INVALID_NAME'],
    [{ title: 'Validation' }, 'INVALID_NAME'],
    [{ name: 'a/b' }, 'INVALID_NAME'],
    [{ name: 'x'.repeat(251) }, 'INVALID_NAME'],
    [{}, 'INVALID_NAME'],
    [{ title: 'Once' }, 'DUPLICATE_NAME'],
    [{ name: 'wrong', definition: { nodes: { a: {} } } }, 'INVALID_DEFINITION'],
    [{ name: 'wrong', definition: oneJob('nowhere') }, 'JOB_TYPE_DOES_NOT_EXIST'],
  ])('refuses %j: %s', async (request, name) => {
    await saved('once', definition({}));
    const refused = await saveRecipeType(db, { definition: definition({}), ...request }, 'jane');
    expect(refused.errors[0]).toMatchObject({ name });
    expect(refused.saved).toBeUndefined();
    expect(await recipeTypeDetails(db, 'wrong')).toBeUndefined();
  });

  it('makes a revision only of a definition that differs, and says what differs', async () => {
    await jobType('varied');
    await saved('varied', oneJob('varied'));
    const other = oneJob('varied');
    other.nodes.work = job('varied', { IMAGE: scene }, { job_type_revision: 1 });
    expect(await saved('varied', other)).toMatchObject({ revisionNum: 1, outcome: 'unchanged' });
    const two = { name: 'varied', title: 'New', definition: definition({}) };
    const revised = await saveRecipeType(db, two, 'jane');
    expect(revised.saved).toMatchObject({ revisionNum: 2, outcome: 'revised' });
    expect(revised.diff).toMatchObject({ can_be_reprocessed: true, nodes: { work: { status: 'DELETED' } } });
    const { rows } = await listRecipeTypeRevisions(db, revised.saved!.id, all);
    expect(rows.map((row) => row.revision_num)).toEqual([2, 1]);
    const first = await recipeTypeRevision(db, revised.saved!.id, 1);
    expect(Object.keys(first!.definition.nodes)).toEqual(['work']);
    expect(await recipeTypeRevision(db, revised.saved!.id, 3)).toBeUndefined();
    expect(await recipeTypeDetails(db, 'varied')).toMatchObject({ title: 'New', definition: { nodes: {} } });
  });

  it('keeps its members in step with the newest definition', async () => {
    await jobType('part');
    await saved('inner', oneJob('part'));
    const nodes = {
      one: job('part', { IMAGE: scene }),
      two: job('part', { IMAGE: scene }),
      below: sub('inner', { scene }),
    };
    await saved('outer', definition(nodes));
    expect(await membersOf('outer')).toEqual([1, ['inner']]);
    expect((await recipeTypeDetails(db, 'inner'))!.super_recipe_types.map(({ name }) => name)).toEqual([
      'outer',
    ]);
    await saved('outer', definition({ below: sub('inner', { scene }) }));
    expect(await membersOf('outer')).toEqual([0, ['inner']]);
    await saved('outer', definition({}));
    expect(await membersOf('outer')).toEqual([0, []]);
  });

  it('warns where recipes could not be re-processed', async () => {
    await saved('asking', definition({}));
    const more = { input: { files: [{ name: 'scene' }, { name: 'mask' }] } };
    const { warnings } = await saveRecipeType(
      db,
      { name: 'asking', definition: definition({}, more) },
      'jane',
    );
    expect(warnings.map(({ name }) => name)).toEqual(['REPROCESS_WARNING']);
  });

  it('gives consecutive revisions to those who save at once', async () => {
    const documents = Array.from({ length: 6 }, (_, at) =>
      definition({}, { input: { json: [{ name: `n${at}`, type: 'string' }] } }),
    );
    const made = await Promise.all(documents.map((document) => saved('busy', document)));
    expect(made.map(({ revisionNum }) => revisionNum).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(made.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect((await recipeTypeDetails(db, 'busy'))!.revision_num).toBe(6);
  });

  it('never lets two that are saved at once contain each other', async () => {
    await saved('left', definition({}));
    await saved('right', definition({}));
    const within = (of: string) => definition({ below: sub(of, { scene }) });
    const both = await Promise.all([
      saveRecipeType(db, { name: 'left', definition: within('right') }, 'jane'),
      saveRecipeType(db, { name: 'right', definition: within('left') }, 'jane'),
    ]);
    expect(both.map(({ errors }) => errors.map(({ name }) => name)).sort()).toEqual([
      [],
      ['RECURSIVE_SUBRECIPES'],
    ]);
  });
});

describe('knownTypes', () => {
  it('knows the revisions that are named, the newest ones, and what recipe types contain at any depth', async () => {
    await jobType('known');
    await jobType('known', { multiple: true });
    await saved('deep', definition({}, { input: {} }));
    await saved('middle', definition({ below: sub('deep') }));
    await saved('top', {
      ...definition({ work: job('known', { IMAGE: scene }), below: sub('middle', { scene }) }),
      input: { files: [{ name: 'scene', media_types: ['image/png'] }] },
      output: { picture: { node: 'work', output: 'RESULT' } },
    });
    const document = definition({
      a: job('known', {}, { job_type_revision: 1 }),
      b: sub('top'),
      c: job('nowhere', {}, { job_type_revision: 1 }),
      d: 7 as unknown as object,
    });
    const known = await knownTypes(db, document);
    expect(known.jobType('known', '1.0.0', 1)!.input.files).toMatchObject([
      { name: 'IMAGE', media_types: ['image/png'], required: true, multiple: false },
    ]);
    expect(known.jobType('known', '1.0.0', 2)!.input.files[0]!.multiple).toBe(true);
    expect(known.jobType('known', '1.0.0', 3)).toBeUndefined();
    expect([known.newestJobType('known', '1.0.0'), known.newestJobType('nowhere', '1.0.0')]).toEqual([
      2,
      undefined,
    ]);
    expect(known.newestRecipeType('top')).toBe(1);
    expect([...known.recipeType('top', 1)!.contains]).toEqual(['deep', 'middle']);
    expect(known.recipeType('top', 1)!.output.files).toMatchObject([
      { name: 'picture', media_types: ['image/png'] },
    ]);
  });

  it('is nothing for what is no definition', async () => {
    for (const document of [undefined, null, 'x', [], { nodes: [1] }, { nodes: { a: { node_type: null } } }])
      expect((await knownTypes(db, document)).jobType('known', '1.0.0', 1)).toBeUndefined();
    const odd = definition({ a: job('a\0b', {}), b: sub('x', {}, { recipe_type_revision: 1e300 }) });
    expect((await knownTypes(db, odd)).newestRecipeType('x')).toBeUndefined();
  });
});

describe('compareRecipeType', () => {
  it('compares with the one of that name, and keeps nothing', async () => {
    await jobType('compared');
    await saved('compared', definition({}));
    const judged = await compareRecipeType(db, oneJob('compared'), 'compared');
    expect(judged).toMatchObject({ errors: [], warnings: [], diff: { nodes: { work: { status: 'NEW' } } } });
    expect((await recipeTypeDetails(db, 'compared'))!.revision_num).toBe(1);
    const unknown = await compareRecipeType(db, oneJob('compared'), 'not-there');
    expect([unknown.diff, unknown.warnings.map(({ name }) => name)]).toEqual([{}, ['RECIPE_TYPE_NOT_FOUND']]);
    expect(await compareRecipeType(db, oneJob('compared'), undefined)).toMatchObject({
      warnings: [],
      diff: {},
    });
  });
});

describe('changeRecipeType', () => {
  const change = (name: string, what: object) =>
    changeRecipeType(db, name, { autoUpdate: true, ...what }, 'jane');

  it('changes what is given, and nothing where the definition is refused', async () => {
    await saved('changing', definition({}));
    await change('changing', { title: 'T', description: 'D' });
    await change('changing', { description: null });
    expect(await recipeTypeDetails(db, 'changing')).toMatchObject({
      title: 'T',
      description: null,
      revision_num: 1,
    });
    const refused = await change('changing', { title: 'U', definition: { nodes: 1 } });
    expect(refused.errors.map(({ name }) => name)).toEqual(['INVALID_DEFINITION']);
    expect((await recipeTypeDetails(db, 'changing'))!.title).toBe('T');
  });

  it('takes it out of use, with the time, and back', async () => {
    await saved('worn', definition({}));
    await change('worn', { isActive: false });
    const first = (await recipeTypeDetails(db, 'worn'))!;
    expect([first.is_active, first.deprecated]).toEqual([false, expect.any(String)]);
    await change('worn', { isActive: false });
    expect((await recipeTypeDetails(db, 'worn'))!.deprecated).toBe(first.deprecated);
    await change('worn', { isActive: true });
    expect(await recipeTypeDetails(db, 'worn')).toMatchObject({ is_active: true, deprecated: null });
  });

  it.each([
    [true, false, /^Recipe types that contain base-true went out of use with it: upper-true$/],
    [false, true, /^Recipe types that contain base-false cannot be run any more: upper-false$/],
  ])('warns of those that contain it, which go out of use with it: %j', async (autoUpdate, stays, words) => {
    const [base, upper] = [`base-${autoUpdate}`, `upper-${autoUpdate}`];
    await saved(base, definition({}));
    await saved(upper, definition({ below: sub(base, { scene }) }));
    const { warnings } = await change(base, { isActive: false, autoUpdate });
    expect(warnings).toMatchObject([
      { name: 'DEPRECATED_RECIPES', description: expect.stringMatching(words) },
    ]);
    expect((await recipeTypeDetails(db, upper))!.is_active).toBe(stays);
  });

  it('raises those that contain it, each once, from the inside out', async () => {
    await saved('r1', definition({}));
    await saved('r2', definition({ below: sub('r1', { scene }) }));
    await saved('r3', definition({ a: sub('r1', { scene }), b: sub('r2', { scene }) }));
    await jobType('raising');
    const { warnings } = await change('r1', { definition: oneJob('raising') });
    expect(warnings).toEqual([]);
    const { revision_num, definition: newest } = (await recipeTypeDetails(db, 'r3'))!;
    expect(revision_num).toBe(2);
    expect(newest.nodes).toMatchObject({
      a: { node_type: { recipe_type_revision: 2 } },
      b: { node_type: { recipe_type_revision: 2 } },
    });
    await change('r1', { definition: definition({}), autoUpdate: false });
    expect((await recipeTypeDetails(db, 'r3'))!.revision_num).toBe(2);
  });
});

describe('raiseUsers', () => {
  it('raises nodes of a job type to its newest revision, and says which recipe types cannot follow', async () => {
    const jobTypeId = await jobType('evolving');
    await saved('follows', oneJob('evolving'));
    await saved('stays', {
      ...oneJob('evolving'),
      nodes: {
        ...oneJob('evolving').nodes,
        next: job('evolving', { IMAGE: { type: 'dependency', node: 'work', output: 'RESULT' } }),
      },
    });
    const next = {
      name: 'evolving',
      interface: {
        command: 'true',
        inputs: { files: [{ name: 'IMAGE', mediaTypes: ['image/png'] }] },
        outputs: { files: [{ name: 'OTHER', pattern: '*.png', mediaType: 'image/png' }] },
      },
    };
    await registerJobType(db, testManifest(next), manifestDocument(next), 'image:2', 'jane');
    const warnings = await db.transaction(async (tx) => {
      await lockRecipeTypes(tx);
      return raiseUsers(tx, { jobTypeId }, 'jane');
    });
    expect(warnings).toMatchObject([{ name: 'NOT_UPDATED', description: expect.stringContaining('stays') }]);
    expect(await recipeTypeDetails(db, 'follows')).toMatchObject({
      revision_num: 2,
      definition: { nodes: { work: { node_type: { job_type_revision: 2 } } } },
    });
    expect((await recipeTypeDetails(db, 'stays'))!.revision_num).toBe(1);
  });
});

describe('listRecipeTypes', () => {
  it('filters, sorts and pages, with what each names', async () => {
    await jobType('listed');
    await saved('list-a', definition({}));
    await saved('list-b', definition({ a: job('listed', { IMAGE: scene }), b: sub('list-a', { scene }) }));
    await changeRecipeType(db, 'list-a', { title: '50% done', isActive: false, autoUpdate: false }, 'jane');
    const names = async (filter: object, order?: { field: string; descending: boolean }[]) =>
      (await listRecipeTypes(db, filter, all, order)).rows.map(({ name }) => name);
    expect(await names({ keywords: ['LIST-'] })).toEqual(['list-a', 'list-b']);
    expect(await names({ keywords: ['list-'] }, [{ field: 'name', descending: true }])).toEqual([
      'list-b',
      'list-a',
    ]);
    expect(await names({ keywords: ['50%'] })).toEqual(['list-a']);
    expect(await names({ keywords: ['list-'], isActive: true })).toEqual(['list-b']);
    expect(await names({ isSystem: true })).toEqual([]);
    const page = await listRecipeTypes(db, { keywords: ['list-'] }, { offset: 1, limit: 1 });
    expect(page).toMatchObject({
      count: 2,
      rows: [{ job_types: [{ name: 'listed', version: '1.0.0' }], sub_recipe_types: ['list-a'] }],
    });
  });
});
