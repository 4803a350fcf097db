import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { manifestDocument } from '../../test/support/manifest.ts';
import { claim, finish } from '../jobs/index.ts';

let api: TestApi;
withApi((started) => (api = started));

const image = 'reused:1';
const manifest = manifestDocument({ name: 'reused' });
beforeAll(async () => {
  await api.send('POST', 'job-types/', { docker_image: image, manifest });
});

const submit = async (more: object = {}): Promise<number> => {
  const answer = await api.send('POST', 'jobs/', {
    job_type: { name: 'reused', version: '1.0.0' },
    input: {},
    ...more,
  });
  expect(answer.status).toBe(201);
  return answer.json.id;
};

const complete = async (jobId: number): Promise<number> => {
  const execution = await claim(api.db, jobId, {
    runtime: api.db.presence.runtime,
    node: 'here',
    imageId: 'sha256:1',
    resources: {},
    attemptDirectory: '/nowhere',
  });
  await finish(api.db, execution!, {
    status: 'COMPLETED',
    exitCode: 0,
    error: null,
    output: { version: '7', files: {}, json: {} },
    steps: [],
    stdoutPath: null,
    stderrPath: null,
  });
  return execution!.id;
};

describe('whether jobs reuse is said', () => {
  it('by a job type, of which a change of that alone is no revision', async () => {
    expect((await api.get('job-types/reused/1.0.0/')).json).toMatchObject({ reuse: false, revision_num: 1 });
    const changed = await api.send('PATCH', 'job-types/reused/1.0.0/', { reuse: true });
    expect(changed.json).toMatchObject({ is_valid: true });
    expect((await api.get('job-types/reused/1.0.0/')).json).toMatchObject({ reuse: true, revision_num: 1 });
  });

  it.each([
    ['by a submission', { reuse: true }, true],
    ['by the configuration of one', { configuration: { reuse: false } }, false],
    ['by neither', {}, null],
  ])('%s', async (_, said, shown) => {
    expect((await api.get(`jobs/${await submit(said)}/`)).json).toMatchObject({
      reuse: shown,
      reused_from: null,
      awaits: null,
    });
  });

  it('with a warning where jobs may write to a mount', async () => {
    const mounts = [{ name: 'CACHE', path: '/cache', mode: 'rw' }];
    const answer = await api.send('POST', 'job-types/', {
      docker_image: 'writes:1',
      manifest: manifestDocument({ name: 'writes', interface: { mounts } }),
      configuration: { mounts: { CACHE: { type: 'volume' } } },
      reuse: true,
    });
    expect(answer.status).toBe(201);
    expect(answer.json.warnings).toContainEqual(
      expect.objectContaining({ name: 'REUSE_UNSAFE', path: 'reuse' }),
    );
  });
});

describe('a job', () => {
  it('says whose output it has', async () => {
    const [first, second] = [await submit(), await submit()];
    const execution = await complete(first);
    await complete(second);
    await api.db.query('update job set reused_job_exe_id = $2 where id = $1', [second, execution]);
    expect((await api.get(`jobs/${second}/`)).json.reused_from).toEqual({
      job: { id: first },
      job_exe: { id: execution },
    });
  });

  it('says what it waits for', async () => {
    const [first, second] = [await submit(), await submit()];
    const execution = await complete(first);
    await api.db.query(
      `update job set awaited_job_exe_id = $2, not_before = now() + interval '1 minute' where id = $1`,
      [second, execution],
    );
    const { json } = await api.get(`jobs/${second}/`);
    expect(json.awaits).toEqual({ job: { id: first }, job_exe: { id: execution } });
    expect((json.waiting_for as unknown[])[0]).toMatchObject({ name: 'same-work', job_id: first });
  });
});

it('files are found by the identity of what made them', async () => {
  const execution = await complete(await submit());
  const file = (
    await api.send('POST', 'files/?name=a.txt', Buffer.from('a'), {
      'Content-Type': 'application/octet-stream',
    })
  ).json.id;
  const identity = 'ab'.repeat(32);
  await api.db.query(`update job_exe set output_id = decode($2, 'hex') where id = $1`, [execution, identity]);
  await api.db.query('update scale_file set job_exe_id = $2 where id = $1', [file, execution]);
  const found = async (id: string) => (await api.get(`files/?output_id=${id}`)).json.results;
  expect(await found(identity.toUpperCase())).toMatchObject([{ id: file }]);
  expect(await found('cd'.repeat(32))).toEqual([]);
  expect(await found('none')).toEqual([]);
});
