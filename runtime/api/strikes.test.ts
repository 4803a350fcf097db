import { describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../test/support/api.ts';
import { readConfig } from '../config/index.ts';
import { queueCredentials } from '../ingest/index.ts';
import { judgeIngest, strike, withIngestWorld } from '../../test/support/ingest-world.ts';

let api: TestApi;

withIngestWorld((world) => ({ api } = world));
const judge = (kind: 'strikes' | 'scans', configuration: object, more?: object) =>
  judgeIngest(api, kind, configuration, more);

describe('strikes/', () => {
  it("are made, listed, shown and changed in Scale's shapes", async () => {
    const made = await api.send('POST', 'strikes/', {
      title: 'My Strike Process!',
      description: 'Watches.',
      configuration: strike({ recipe: { name: 'one', revision_num: 1 } }),
    });
    const { id } = made.json;
    expect([made.status, made.headers.location]).toEqual([201, `/v6/strikes/${id}/`]);
    expect(made.json).toEqual({
      id,
      name: 'my-strike-process',
      title: 'My Strike Process!',
      description: 'Watches.',
      job: null,
      is_active: true,
      status: 'STARTING',
      problem: null,
      seen: null,
      created: expect.any(String),
      last_modified: expect.any(String),
      configuration: strike({ recipe: { name: 'one', revision_num: 1 } }),
      progress: {},
    });
    const again = await api.send('POST', 'strikes/', {
      title: 'My Strike Process',
      is_active: false,
      configuration: strike(),
    });
    expect(again.json).toMatchObject({ name: 'my-strike-process-2', status: 'INACTIVE' });

    const names = async (query: string) =>
      (await api.get(`strikes/${query}`)).json.results.map(({ name }) => name);
    expect(await names('')).toEqual(['my-strike-process', 'my-strike-process-2']);
    expect(await names('?order=-name')).toEqual(['my-strike-process-2', 'my-strike-process']);
    expect(await names('?name=my-strike-process-2&started=PT1H')).toEqual(['my-strike-process-2']);
    expect(await names('?ended=PT1H')).toEqual([]);

    const change = async (body: object) => {
      const answer = await api.send('PATCH', `strikes/${id}/`, body);
      expect([answer.status, answer.body.length]).toEqual([204, 0]);
      return (await api.get(`strikes/${id}/`)).json;
    };
    await api.db.execute(`update strike set problem = 'gone', seen = now() where id = $1`, [id]);
    expect(await change({ title: 'Other', description: null })).toMatchObject({
      title: 'Other',
      description: null,
      is_active: true,
      status: 'FAILING',
      problem: 'gone',
    });
    expect(await change({ configuration: strike({ duplicates: 'name-and-size' }) })).toMatchObject({
      title: 'Other',
      status: 'WATCHING',
      problem: null,
      configuration: strike({ duplicates: 'name-and-size' }),
    });
    expect(await change({ is_active: false })).toMatchObject({ is_active: false, status: 'INACTIVE' });
    expect(await change({ is_active: true })).toMatchObject({ is_active: true, status: 'WATCHING' });
  });

  it('are refused with everything that was found', async () => {
    const bad = strike({ workspace: 'nowhere', recipe: { name: 'none' } });
    const made = await api.send('POST', 'strikes/', { title: 'Bad', configuration: bad });
    expect([made.status, made.json.code, made.json.errors.map(({ name }) => name)]).toEqual([
      400,
      'SB1221',
      ['INVALID_WORKSPACE', 'RECIPE_TYPE_DOES_NOT_EXIST'],
    ]);
    const [known] = await api.db.query<{ id: number; configuration: object }>(
      'select id, configuration from strike order by id limit 1',
    );
    const { id, configuration } = known!;
    const changed = await api.send('PATCH', `strikes/${id}/`, { title: 'Kept', configuration: bad });
    expect([changed.status, changed.json.code]).toEqual([400, 'SB1221']);
    expect((await api.get(`strikes/${id}/`)).json).toMatchObject({ title: 'Other', configuration });
    expect((await api.send('POST', 'strikes/', { title: 'X' })).status).toBe(400);
    expect((await api.get('strikes/98765/')).status).toBe(404);
    expect((await api.send('PATCH', 'strikes/98765/', {})).status).toBe(404);
    expect(await judge('strikes', strike(), { name: 'my-strike-process' })).toMatchObject({
      errors: ['NAME_TAKEN name'],
    });
    const taken = await api.send('POST', 'strikes/', {
      title: 'X',
      name: 'my-strike-process',
      configuration: strike(),
    });
    expect(taken.json).toMatchObject({ code: 'SB1221', errors: [{ name: 'NAME_TAKEN' }] });
  });

  it('keep the credentials of their queue where nobody sees them', async () => {
    const credentials = { access_key_id: 'the-id', secret_access_key: 'the-secret' };
    const bucket = (more: object = {}) =>
      strike({ workspace: 'bucket', monitor: { type: 's3', sqs_name: 'q', ...more } });
    const made = await api.send('POST', 'strikes/', { title: 'B', configuration: bucket({ credentials }) });
    const { id } = made.json;
    expect([made.status, made.json.configuration]).toEqual([201, bucket()]);
    const config = readConfig({ SEED_HOME: api.home });
    const kept = () => queueCredentials(api.db, config, id);
    expect(await kept()).toEqual(credentials);
    const [row] = await api.db.query('select * from strike where id = $1', [id]);
    expect(JSON.stringify(row)).not.toContain('the-');

    const change = async (configuration: object) => api.send('PATCH', `strikes/${id}/`, { configuration });
    await change(made.json.configuration);
    expect(await kept()).toEqual(credentials);
    await change(bucket({ credentials: { ...credentials, secret_access_key: 'the-other' } }));
    expect(await kept()).toEqual({ ...credentials, secret_access_key: 'the-other' });
    await change(strike());
    expect(await kept()).toBeUndefined();
  });

  it('warn where two watch the same workspace', async () => {
    expect((await judge('strikes', strike())).warnings).toEqual(['SHARED_WORKSPACE workspace']);
    await api.db.execute('update strike set is_active = false');
    expect((await judge('strikes', strike())).warnings).toEqual([]);
  });
});
