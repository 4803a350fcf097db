import { beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { withApi, type TestApi } from '../../test/support/api.ts';
import { judgeRunEvent } from '../../test/support/openlineage.ts';
import { type ProvRecord, readProv } from '../../test/support/python-prov.ts';
import { TestQueue } from '../../test/support/queue.ts';
import { filesById, localWorkspace, registerProducts } from '../catalog/index.ts';
import type { Database } from '../database/index.ts';
import { finish } from '../jobs/index.ts';
import { historyOf, type ProvDocument, provDocument, type RunEvent, runEvents } from './index.ts';

let api: TestApi;
withApi((started) => (api = started));

let db: Database;
let queue: TestQueue;
const files = new Map<string, number>();
const executions = new Map<string, number>();
const id = (name: string) => files.get(name)!;
const checksum = (name: string) => Buffer.from(name.padEnd(32)).toString('hex');

/**
 * raw ─┬─ cut ─┬─ left ──┬─ join ─ whole        alone       old ─ (Scale) ─ taken
 * mask ┘       └─ right ─┘
 */
beforeAll(async () => {
  db = api.db;
  queue = await new TestQueue(db).open();
  for (const name of ['raw', 'mask', 'alone', 'old', 'taken']) await upload(name);
  await run('cut', { IMAGE: ['raw'], MASK: ['mask'] }, { LEFT: 'left', RIGHT: 'right' }, { SIZE: 3 });
  await run('join', { PARTS: ['left', 'right'] }, { WHOLE: 'whole' }, {});
  await db.query('insert into file_ancestry_link (ancestor_id, descendant_id) values ($1, $2)', [
    id('old'),
    id('taken'),
  ]);
});

async function upload(name: string): Promise<void> {
  const { json } = await api.send('POST', `files/?name=${name}`, name, {
    'Content-Type': 'application/octet-stream',
  });
  files.set(name, json.id as number);
}

/** A job that was carried out: its rows are as a runtime writes them. */
async function run(
  name: string,
  inputs: Record<string, string[]>,
  outputs: Record<string, string>,
  json: Record<string, unknown>,
): Promise<void> {
  const type = await queue.type(name, `registry.test/${name}:1`);
  const ids = Object.entries(inputs).map(([input, names]) => [input, names.map(id)] as const);
  const [job] = await queue.submit(type, {
    files: Object.fromEntries(ids),
    json,
    configuration: { settings: { LEVEL: '2', KEY: '*****' } },
  });
  const [claimed] = await queue.claim([job!]);
  const execution = claimed!;
  executions.set(name, execution.id);
  const workspace = await localWorkspace(db);
  const products = Object.entries(outputs).map(([output, file]) => ({
    ...{ filePath: `made/${file}`, fileName: file, size: 7, version: 'v', mediaType: 'image/tiff' },
    ...{ sha256: checksum(file), output, uuid: uuidv7().replaceAll('-', ''), metadata: null },
  }));
  const producer = { jobTypeId: type.jobTypeId, jobId: job!, jobExeId: execution.id };
  const rows = await filesById(
    db,
    ids.flatMap(([, of]) => of),
  );
  const made = await registerProducts(db, workspace, producer, rows, products);
  products.forEach(({ fileName }, at) => files.set(fileName, made[at]!));
  const output = { version: '7', files: {}, json: {} };
  const logs = { stdoutPath: null, stderrPath: null };
  await finish(db, execution, {
    ...{ status: 'COMPLETED', exitCode: 0, error: null, output, steps: [] },
    ...logs,
  });
}

const get = async (name: string, query = '') => {
  const { status, json } = await api.get(`files/${id(name)}/provenance/${query}`);
  expect(status).toBe(200);
  return json as unknown;
};
const history = async (name: string) =>
  (await historyOf(db, id(name), { depth: 50, links: 1000, direction: 'ancestors' }))!;

const uri = (kind: string, local: string | number) =>
  `urn:seedbed:installation:${db.installation}:${kind}:${local}`;
const file = (name: string) => uri('file', id(name));
const execution = (name: string) => uri('execution', executions.get(name)!);
const of = (records: readonly ProvRecord[], type: string) => records.filter((one) => one.type === type);
const pairs = (records: readonly ProvRecord[], type: string, from: string, to: string) =>
  of(records, type)
    .map(({ attributes }) => [attributes[from]![0], attributes[to]![0], attributes['prov:role']?.[0]])
    .map((pair) => pair.filter((one) => one !== undefined).join(' '))
    .sort();

describe('the provenance of a file as PROV-JSON', () => {
  it('is read by python3-prov, which finds all files, executions and agents with what is between them', async () => {
    const records = readProv(JSON.stringify(await get('whole')));
    expect(of(records, 'prov:Entity').map((one) => one.id)).toEqual(
      ['raw', 'mask', 'left', 'right', 'whole'].map(file),
    );
    expect(of(records, 'prov:Activity').map((one) => one.id)).toEqual(['cut', 'join'].map(execution));
    expect(pairs(records, 'prov:Usage', 'prov:activity', 'prov:entity')).toEqual(
      [
        `${execution('cut')} ${file('raw')} IMAGE`,
        `${execution('cut')} ${file('mask')} MASK`,
        `${execution('join')} ${file('left')} PARTS`,
        `${execution('join')} ${file('right')} PARTS`,
      ].sort(),
    );
    expect(pairs(records, 'prov:Generation', 'prov:entity', 'prov:activity')).toEqual(
      [
        `${file('left')} ${execution('cut')} LEFT`,
        `${file('right')} ${execution('cut')} RIGHT`,
        `${file('whole')} ${execution('join')} WHOLE`,
      ].sort(),
    );
    expect(pairs(records, 'prov:Derivation', 'prov:generatedEntity', 'prov:usedEntity')).toEqual(
      ['left raw', 'left mask', 'right raw', 'right mask', 'whole left', 'whole right']
        .map((pair) => pair.split(' ').map(file).join(' '))
        .sort(),
    );
    const agents = new Set(of(records, 'prov:Agent').map((one) => one.id));
    const jobType = uri('job-type', 'join/1.0.0/1');
    expect(agents).toContain(jobType);
    expect(agents).toContain(`urn:seedbed:image:${encodeURIComponent('registry.test/cut:1')}`);
    expect(agents).toContain(uri('user', 'jane'));
    const associated = pairs(records, 'prov:Association', 'prov:activity', 'prov:agent');
    expect(associated).toContain(`${execution('join')} ${jobType} job type`);
    expect(associated).toContain(`${execution('join')} ${uri('user', 'jane')} submitter`);
    expect(associated).toHaveLength(8);
    expect(pairs(records, 'prov:Attribution', 'prov:entity', 'prov:agent')).toContain(
      `${file('whole')} ${jobType}`,
    );
  });

  it('says checksums, places and times', async () => {
    const records = readProv(JSON.stringify(await get('whole')));
    const whole = records.find((one) => one.id === file('whole'))!.attributes;
    const workspace = (await localWorkspace(db)).name;
    expect(whole).toMatchObject({
      'prov:label': ['whole'],
      'prov:location': [`${workspace}/made/whole`],
      'prov:type': ['urn:seedbed:vocabulary:File'],
      'seedbed:sha256': [checksum('whole')],
      'seedbed:file_size': ['7'],
    });
    const cut = records.find((one) => one.id === execution('cut'))!.attributes;
    const [row] = await db.query<{ started: string; ended: string }>(
      'select started, ended from job_exe where id = $1',
      [executions.get('cut')],
    );
    const same = (text: string | undefined, time: string) => expect(Date.parse(text!)).toBe(Date.parse(time));
    same(cut['prov:startTime']![0], row!.started);
    same(cut['prov:endTime']![0], row!.ended);
    expect(cut).toMatchObject({
      'seedbed:json': ['{"SIZE":3}'],
      'seedbed:settings': ['{"KEY":"*****","LEVEL":"2"}'],
    });
  });

  it('is the same text each time', async () => {
    expect(JSON.stringify(await get('whole'))).toBe(JSON.stringify(await get('whole')));
    expect(JSON.stringify(provDocument(await history('whole')))).toBe(JSON.stringify(await get('whole')));
  });

  it('goes forth, too, and says where it was cut', async () => {
    const down = readProv(JSON.stringify(await get('raw', '?direction=descendants')));
    expect(of(down, 'prov:Entity').map((one) => one.id)).toEqual(['raw', 'left', 'right', 'whole'].map(file));
    const near = (await get('whole', '?depth=1')) as ProvDocument;
    expect(Object.keys(near.entity!)).toEqual(['left', 'right', 'whole'].map((name) => `file:${id(name)}`));
    expect(near.entity![`file:${id('whole')}`]).toMatchObject({ 'seedbed:ancestors_cut': true });
    const all = (await get('whole')) as ProvDocument;
    expect(all.entity![`file:${id('whole')}`]).not.toHaveProperty('seedbed:ancestors_cut');
    expect((await api.get('files/999999/provenance/')).status).toBe(404);
    expect((await api.get(`files/${id('raw')}/provenance/?format=xml`)).status).toBe(400);
  });

  it('of a file that nothing is known of is the file', async () => {
    const alone = (await get('alone')) as ProvDocument;
    expect(Object.keys(alone)).toEqual(['prefix', 'entity']);
    expect(readProv(JSON.stringify(alone))).toHaveLength(1);
  });

  it('of a file from a Scale names an execution that nothing else is known of', async () => {
    const records = readProv(JSON.stringify(await get('taken')));
    const imported = uri('imported', id('taken'));
    expect(of(records, 'prov:Activity')).toMatchObject([
      { id: imported, attributes: { 'prov:type': ['urn:seedbed:vocabulary:ImportedExecution'] } },
    ]);
    expect(pairs(records, 'prov:Usage', 'prov:activity', 'prov:entity')).toEqual([
      `${imported} ${file('old')}`,
    ]);
    expect(pairs(records, 'prov:Generation', 'prov:entity', 'prov:activity')).toEqual([
      `${file('taken')} ${imported}`,
    ]);
    expect(of(records, 'prov:Association')).toEqual([]);
  });

  it('names recipes as plans and collections', async () => {
    await inRecipe(async () => {
      const records = readProv(JSON.stringify(await get('whole')));
      const plan = uri('recipe-type', 'the%20recipe/1');
      const member = of(records, 'prov:Membership')[0]!.attributes;
      expect(member['prov:entity']).toEqual([file('whole')]);
      const collection = records.find((one) => one.id === member['prov:collection']![0])!;
      expect(collection.attributes['prov:type']).toContain('http://www.w3.org/ns/prov#Collection');
      const plans = of(records, 'prov:Association').map(({ attributes }) => attributes['prov:plan']?.[0]);
      expect(plans.filter((one) => one === plan)).toHaveLength(4);
      const [, join] = runEvents(await history('whole')).filter((one) => one.eventType === 'START');
      expect(join!.run.facets).toMatchObject({ parent: { job: { name: 'recipe/the recipe' } } });
      expect(runEvents(await history('whole')).flatMap(judgeRunEvent)).toEqual([]);
    });
  });

  it('tells of content that is gone, and of jobs that took files over', async () => {
    const [job] = await queue.submit(await queue.type('join', 'registry.test/join:1'), {});
    await db.query('update job set reused_job_exe_id = $1 where id = $2', [executions.get('join'), job]);
    await db.query('update scale_file set is_deleted = true, deleted = now() where id = $1', [id('left')]);
    try {
      const records = readProv(JSON.stringify(await get('whole')));
      expect(of(records, 'prov:Invalidation').map(({ attributes }) => attributes['prov:entity'])).toEqual([
        [file('left')],
      ]);
      expect(pairs(records, 'prov:Communication', 'prov:informed', 'prov:informant')).toEqual([
        `${uri('job', job!)} ${execution('join')}`,
      ]);
    } finally {
      await db.query('update scale_file set is_deleted = false, deleted = null where id = $1', [id('left')]);
      await db.query('update job set reused_job_exe_id = null where id = $1', [job]);
    }
  });
});

/** While `join` counts as a part of a recipe. */
async function inRecipe(work: () => Promise<void>): Promise<void> {
  const [made] = await db.query<{ id: number }>(
    `with t as (insert into recipe_type (name, definition) values ('the recipe', '{}') returning id),
       r as (insert into recipe_type_revision (recipe_type_id, revision_num, definition) select id, 1, '{}' from t returning *),
       i as (select nextval('recipe_id_seq') as id)
     insert into recipe (id, recipe_type_id, recipe_type_revision_id, root_recipe_id, input, nodes_left)
     overriding system value select i.id, r.recipe_type_id, r.id, i.id, '{}', 0 from r, i returning id`,
  );
  const set = (recipe: number | null) =>
    db.query(
      `update job set recipe_id = $1, recipe_node = 'join' where id = (select job_id from job_exe where id = $2)`,
      [recipe, executions.get('join')],
    );
  await set(made!.id);
  await work().finally(() => set(null));
}

describe('the provenance of a file as run events of OpenLineage', () => {
  it('is valid, in the order of times, and names inputs and outputs', async () => {
    const events = (await get('whole', '?format=openlineage')) as RunEvent[];
    expect(events.flatMap(judgeRunEvent)).toEqual([]);
    expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`)).toEqual([
      'START job/cut/1.0.0',
      'COMPLETE job/cut/1.0.0',
      'START job/join/1.0.0',
      'COMPLETE job/join/1.0.0',
    ]);
    const [start, complete] = events;
    expect(start!.run.runId).toBe(complete!.run.runId);
    expect(start!.inputs.map(({ name }) => name.split('/').at(-1))).toEqual(['raw', 'mask']);
    expect(start!.outputs).toEqual([]);
    expect(complete!.outputs).toMatchObject([
      {
        name: 'made/left',
        facets: { seedbed_file: { id: id('left'), sha256: checksum('left'), output: 'LEFT' } },
        outputFacets: { outputStatistics: { size: 7, fileCount: 1 } },
      },
      { name: 'made/right' },
    ]);
    // What one run makes is what the next one reads.
    const [, , next] = events;
    expect(next!.inputs.map(({ namespace, name }) => [namespace, name])).toEqual(
      complete!.outputs.map(({ namespace, name }) => [namespace, name]),
    );
    expect(await get('whole', '?format=openlineage')).toEqual(events);
  });

  it('has a run of its own for a file from a Scale, and none for a file that nothing made', async () => {
    const events = (await get('taken', '?format=openlineage')) as RunEvent[];
    expect(events.flatMap(judgeRunEvent)).toEqual([]);
    expect(events.map(({ eventType, job }) => [eventType, job.name])).toEqual([
      ['START', 'imported'],
      ['COMPLETE', 'imported'],
    ]);
    expect(await get('alone', '?format=openlineage')).toEqual([]);
  });
});

describe('the judge of run events', () => {
  it('finds what is missing', async () => {
    const [event] = runEvents(await history('whole'));
    expect(judgeRunEvent({ ...event, run: { runId: 'no uuid' } })).not.toEqual([]);
    expect(judgeRunEvent({ ...event, job: { namespace: 'x' } })).not.toEqual([]);
    expect(
      judgeRunEvent({ ...event, inputs: [{ namespace: 'a', name: 'b', facets: { x: {} } }] }),
    ).not.toEqual([]);
  });
});
