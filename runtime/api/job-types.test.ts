import { afterAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { busyboxImage, importBusybox, removeImages, testDocker } from '../../test/support/engine.ts';
import { manifestDocument } from '../../test/support/manifest.ts';

let api: TestApi;
withApi((started) => (api = started), { SEED_PULL: 'never' });

afterAll(() => removeImages('seedbed-test-api:1'));

const post = (job: Record<string, unknown> = {}, more: object = {}) =>
  api.send('POST', 'job-types/', { docker_image: 'image:1', manifest: manifestDocument(job), ...more });

const settings = {
  interface: { settings: [{ name: 'HOST' }, { name: 'PASSWORD', secret: true }] },
};

describe('POST job-types/', () => {
  it('registers a job type from its manifest, and says where it is', async () => {
    const answer = await post({ name: 'made' }, { icon_code: 'f102', is_published: true, max_scheduled: 3 });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe('/v6/job-types/made/1.0.0/');
    const { warnings, ...document } = answer.json;
    expect(document).toMatchObject({ name: 'made', icon_code: 'f102', is_published: true, max_scheduled: 3 });
    expect(warnings).toContainEqual(expect.objectContaining({ name: 'MISSING_RESOURCE' }));
    expect((await api.get('job-types/made/1.0.0/')).json).toEqual(document);
  });

  it('fills in what a configuration lacks, as Scale, and takes it back as it was', async () => {
    const { configuration } = (await post({ name: 'filled' })).json;
    expect(configuration).toEqual({
      mounts: {},
      settings: {},
      priority: 100,
      output_workspaces: { default: '', outputs: {} },
    });
    const path = 'job-types/filled/1.0.0/';
    expect((await api.send('PATCH', path, { configuration })).status).toBe(200);
    expect((await api.get(path)).json.configuration).toEqual(configuration);
  });

  it('takes the manifest from the label of an image that the engine has', async () => {
    const label = JSON.stringify(JSON.stringify(manifestDocument({ name: 'labelled' })));
    const image = 'seedbed-test-api:1';
    const { docker, close } = await testDocker();
    await removeImages(image);
    await importBusybox(docker, image, [`LABEL com.ngageoint.seed.manifest=${label}`]).finally(close);
    const answer = await api.send('POST', 'job-types/', { docker_image: image });
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ name: 'labelled', docker_image: image });
  });

  it.each([
    ['nowhere.example/none:1', 400, /nowhere\.example\/none:1/],
    ['UPPER CASE', 400, /UPPER CASE/],
  ])('refuses the image %s by name', async (image, status, message) => {
    const answer = await api.send('POST', 'job-types/', { docker_image: image });
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringMatching(message)]);
  });

  it('refuses an image without the label', async () => {
    const answer = await api.send('POST', 'job-types/', { docker_image: await busyboxImage() });
    expect([answer.status, answer.json.code]).toEqual([400, 'SB1003']);
  });

  it('makes a revision of a known type only when manifest or image differ, and changes the rest', async () => {
    expect((await post({ name: 'revised' })).json.revision_num).toBe(1);
    expect((await post({ name: 'revised' }, { icon_code: 'f1' })).json).toMatchObject({
      revision_num: 1,
      icon_code: 'f1',
    });
    expect((await post({ name: 'revised' }, { docker_image: 'image:2' })).json.revision_num).toBe(2);
    const list = await api.get('job-types/revised/1.0.0/revisions/');
    expect(list.json.results.map((one) => one.docker_image)).toEqual(['image:2', 'image:1']);
    const first = await api.get('job-types/revised/1.0.0/revisions/1/');
    expect(first.json).toMatchObject({ docker_image: 'image:1', manifest: expect.any(Object) });
    expect((await api.get('job-types/revised/1.0.0/revisions/3/')).status).toBe(404);
  });

  it('refuses a wrong manifest or configuration with each problem by name', async () => {
    const wrong = await post({ name: 'wrong', timeout: 'long' });
    expect([wrong.status, wrong.json.errors]).toEqual([
      400,
      [expect.objectContaining({ name: 'JSON_VALIDATION_ERROR' })],
    ]);
    const configured = await post({ name: 'wrong', ...settings }, { configuration: { priority: 0 } });
    expect([configured.status, configured.json.errors]).toEqual([
      400,
      [expect.objectContaining({ name: 'INVALID_PRIORITY' })],
    ]);
    expect((await api.get('job-types/wrong/')).status).toBe(404);
  });

  it('keeps secrets encrypted and shows them to nobody', async () => {
    const secret = 'very-secret-value';
    const made = await post(
      { name: 'secretive', ...settings },
      { configuration: { settings: { HOST: 'db', PASSWORD: secret } } },
    );
    expect(made.status).toBe(201);
    const seen = await api.get('job-types/secretive/1.0.0/');
    expect(seen.json.configuration.settings).toEqual({ HOST: 'db', PASSWORD: '******' });
    expect(`${made.body}${seen.body}`).not.toContain(secret);
    const [row] = await api.db.query<{ configuration: object }>(
      `select configuration from job_type where name = 'secretive'`,
    );
    expect(JSON.stringify(row)).not.toContain(secret);
    const patch = { configuration: seen.json.configuration };
    expect((await api.send('PATCH', 'job-types/secretive/1.0.0/', patch)).status).toBe(200);
    const [kept] = await api.db.query<{ count: number }>(
      `select count(*) as count from secret where name = 'PASSWORD'`,
    );
    expect(kept!.count).toBe(1);
  });
});

describe('PATCH job-types/{name}/{version}/', () => {
  it('pauses, limits, deprecates and takes it back', async () => {
    await post({ name: 'patched' });
    const patch = async (body: object) => {
      const answer = await api.send('PATCH', 'job-types/patched/1.0.0/', body);
      expect([answer.status, answer.json]).toEqual([200, { is_valid: true, errors: [], warnings: [] }]);
      return (await api.get('job-types/patched/1.0.0/')).json;
    };
    expect(await patch({ is_paused: true, max_scheduled: 2 })).toMatchObject({
      is_paused: true,
      paused: expect.any(String),
      max_scheduled: 2,
      is_active: true,
    });
    expect(await patch({ is_active: false })).toMatchObject({
      is_paused: true,
      is_active: false,
      deprecated: expect.any(String),
    });
    expect(await patch({ is_paused: false, is_active: true, max_scheduled: null })).toMatchObject({
      is_paused: false,
      paused: null,
      deprecated: null,
      max_scheduled: null,
      revision_num: 1,
    });
  });

  it.each([
    [{ is_paused: 'yes' }],
    [{ max_scheduled: 0 }],
    [{ max_scheduled: 3_000_000_000 }],
    [{ icon_code: 'x'.repeat(21) }],
    [{ manifest: manifestDocument({ name: 'other' }) }],
    [{ configuration: { mounts: { A: { type: 'nfs' } } } }],
  ])('refuses %j', async (body) => {
    await post({ name: 'patched' });
    expect((await api.send('PATCH', 'job-types/patched/1.0.0/', body)).status).toBe(400);
  });

  it('takes its own body back, with another title', async () => {
    await post({ name: 'patched' });
    const { json } = await api.get('job-types/patched/1.0.0/');
    const { status, headers } = await api.send('PATCH', 'job-types/patched/1.0.0/', {
      ...json,
      icon_code: 'f1',
    });
    expect([status, headers.warning]).toEqual([200, expect.stringContaining('ignored: id, name, version')]);
    expect((await api.get('job-types/patched/1.0.0/')).json).toMatchObject({ icon_code: 'f1' });
  });

  it('reaches versions that are no numbers', async () => {
    await post({ name: 'pre', jobVersion: '1.0.0-beta.1+build.5' });
    const path = 'job-types/pre/1.0.0-beta.1+build.5/';
    expect((await api.get(path)).json.version).toBe('1.0.0-beta.1+build.5');
    expect((await api.send('PATCH', path, { is_paused: true })).status).toBe(200);
  });

  it('queues the jobs that waited for what the configuration gives now', async () => {
    await post({ name: 'lacking', ...settings });
    const made = await api.send('POST', 'jobs/', {
      job_type: { name: 'lacking', version: '1.0.0' },
      input: {},
    });
    expect(made.json).toMatchObject({
      status: 'PENDING',
      waiting_for: expect.arrayContaining([expect.objectContaining({ name: 'missing-configuration' })]),
    });
    await api.send('PATCH', 'job-types/lacking/1.0.0/', {
      configuration: { settings: { HOST: 'db', PASSWORD: 'x' } },
    });
    expect((await api.get(`jobs/${made.json.id}/`)).json.status).toBe('QUEUED');
  });
});

describe('the lists of job types', () => {
  it('are paged, filtered by several keywords and by state', async () => {
    for (const name of ['list-a', 'list-b', 'list-c'])
      await post({ name, title: `Title of ${name}`, tags: [`tag-${name}`] });
    await post({ name: 'list-a', jobVersion: '2.0.0' });
    await api.send('PATCH', 'job-types/list-c/1.0.0/', { is_active: false });
    const first = await api.get('job-types/?keyword=list-&page_size=3');
    expect([first.json.count, first.json.results.length, first.json.previous]).toEqual([4, 3, null]);
    expect(first.json.next).toBe(
      `http://127.0.0.1:${api.port}/v6/job-types/?keyword=list-&page_size=3&page=2`,
    );
    const { pathname, search } = new URL(first.json.next!);
    const second = await api.get(pathname + search);
    expect([second.json.results.length, second.json.next]).toEqual([1, null]);
    expect(second.json.previous).toContain('page=1');
    expect((await api.get('job-types/?keyword=list-&page=9')).status).toBe(404);
    const count = async (query: string) => (await api.get(`job-types/?${query}`)).json.count;
    expect(await count('keyword=tag-list-a&keyword=tag-list-b')).toBe(2);
    expect(await count('keyword=list-&is_active=false')).toBe(1);
    expect(await count('keyword=list-%25')).toBe(0);
    expect(await count('keyword=list-&is_system=true')).toBe(0);
  });

  it('by name give every version, and names with theirs', async () => {
    await post({ name: 'versions' });
    await post({ name: 'versions', jobVersion: '1.1.0', title: 'The newer one' });
    const list = await api.get('job-types/versions/');
    expect(list.json.results.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0']);
    const names = await api.get('job-type-names/?keyword=versions');
    expect(names.json.results).toEqual([
      {
        name: 'versions',
        title: 'The newer one',
        description: 'Proves something.',
        icon_code: null,
        is_published: false,
        versions: ['1.0.0', '1.1.0'],
        latest_version: '1.1.0',
      },
    ]);
    await post({ name: 'versions', jobVersion: '1.1.0-rc.1', title: 'The candidate' });
    expect((await api.get('job-type-names/?keyword=versions')).json.results[0]).toMatchObject({
      versions: ['1.0.0', '1.1.0', '1.1.0-rc.1'],
      latest_version: '1.1.0',
      title: 'The newer one',
    });
    const sorted = await api.get('job-types/versions/?order=-version');
    expect(sorted.json.results.map(({ version }) => version)).toEqual(['1.1.0-rc.1', '1.1.0', '1.0.0']);
    expect((await api.get('job-types/?order=-created&page_size=1')).json.results[0]).toMatchObject({
      version: '1.1.0-rc.1',
    });
    expect((await api.get('job-types/?is_operational=false')).json.count).toBe(0);
    expect((await api.get('job-types/?order=manifest')).headers.warning).toContain(
      'orders are ignored: manifest',
    );
    expect((await api.get('job-types/versions/?is_active=false')).json.count).toBe(0);
    expect((await api.get('job-types/no-such/')).status).toBe(404);
    expect((await api.get('job-types/versions/3.0.0/')).status).toBe(404);
  });
});

describe('POST job-types/validation/', () => {
  it('judges and keeps nothing', async () => {
    const valid = await api.send('POST', 'job-types/validation/', {
      manifest: manifestDocument({ name: 'judged' }),
    });
    expect([valid.status, valid.json]).toEqual([
      200,
      { is_valid: true, errors: [], warnings: expect.any(Array) },
    ]);
    const invalid = await api.send('POST', 'job-types/validation/', {
      manifest: { job: {} },
      configuration: {},
    });
    expect([invalid.status, invalid.json.is_valid]).toEqual([200, false]);
    expect(invalid.json.errors.length).toBeGreaterThan(1);
    expect((await api.get('job-types/judged/')).status).toBe(404);
  });

  const mounts = [{ name: 'DATA', path: '/data' }];
  const error = { name: 'bad', code: 1 };
  it.each([
    ['JSON_VALIDATION_ERROR', { timeout: 'long' }, {}],
    [
      'NAME_COLLISION_ERROR',
      {
        interface: {
          settings: [{ name: 'A' }],
          mounts: [],
          inputs: { json: [{ name: 'A', type: 'string' }] },
        },
      },
      {},
    ],
    ['DUPLICATE_MOUNT_NAMES', { interface: { mounts: [...mounts, { name: 'DATA', path: '/other' }] } }, {}],
    ['DUPLICATE_ERROR_NAMES', { errors: [error, { ...error, code: 2 }] }, {}],
    ['INVALID_MOUNT_PATH', { interface: { mounts: [{ name: 'DATA', path: 'data' }] } }, {}],
    ['INVALID_PRIORITY', {}, { priority: 0 }],
    ['INVALID_CONFIGURATION', {}, { prio: 1 }],
    ['INVALID_WORKSPACE', {}, { output_workspaces: { default: 'nowhere' } }],
    ['DUPLICATE_SETTING', settings, { settings: { HOST: 'a', host: 'b' } }],
  ])('finds %s', async (name, job, configuration) => {
    const { status, json } = await api.send('POST', 'job-types/validation/', {
      manifest: manifestDocument({ name: 'judged', ...job }),
      configuration,
    });
    expect([status, json.is_valid]).toEqual([200, false]);
    expect(json.errors).toContainEqual({
      name,
      description: expect.any(String),
      path: expect.any(String),
    });
  });

  it('finds all of it at once', async () => {
    const { json } = await api.send('POST', 'job-types/validation/', {
      manifest: manifestDocument({ name: 'judged', interface: { ...settings.interface, mounts } }),
      configuration: {
        priority: 0,
        output_workspaces: { default: 'nowhere' },
        settings: { OTHER: 'a' },
        mounts: { ELSE: { type: 'volume' } },
      },
    });
    const names = (findings: unknown) => new Set((findings as { name: string }[]).map(({ name }) => name));
    expect(names(json.errors)).toEqual(new Set(['INVALID_PRIORITY', 'INVALID_WORKSPACE']));
    expect(names(json.warnings)).toEqual(
      new Set(['UNKNOWN_SETTING', 'MISSING_SETTING', 'UNKNOWN_MOUNT', 'MISSING_MOUNT', 'MISSING_RESOURCE']),
    );
  });

  it('warns of what is missing, unknown or unusual, and is valid all the same', async () => {
    const { json } = await api.send('POST', 'job-types/validation/', {
      manifest: manifestDocument({
        name: 'judged',
        interface: { ...settings.interface, mounts },
        resources: { scalar: [{ name: 'licences', value: 1 }] },
      }),
      configuration: {
        settings: { OTHER: 'a' },
        mounts: { ELSE: { type: 'volume', driver: 'local' } },
      },
    });
    expect([json.is_valid, json.errors]).toEqual([true, []]);
    expect((json.warnings as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'MISSING_SETTING',
        'UNKNOWN_SETTING',
        'MISSING_MOUNT',
        'UNKNOWN_MOUNT',
        'NONSTANDARD_RESOURCE',
      ]),
    );
  });
});
