import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../test/support/api.ts';
import { scan, strike, withIngestWorld } from '../../test/support/ingest-world.ts';

let api: TestApi;
let ids: Readonly<Record<string, number>>;
withIngestWorld((world) => ({ api, ids } = world));

describe('ingests/', () => {
  let strikeId: number;
  let scanId: number;
  let recipeId: number;
  let fileId: number;
  const made: Record<string, number> = {};
  const ingest = async (name: string, more: Record<string, unknown>) => {
    const row: Record<string, unknown> = {
      file_name: name,
      file_path: `ingesting/${name}`,
      version: '1',
      media_type: 'image/tiff',
      workspace_id: ids.raw,
      ...more,
    };
    const columns = Object.keys(row);
    const [inserted] = await api.db.query<{ id: number }>(
      `insert into ingest (${columns.join(', ')}) values (${columns.map((_, nth) => `$${nth + 1}`).join(', ')}) returning id`,
      Object.values(row),
    );
    made[name] = inserted!.id;
  };

  beforeAll(async () => {
    const post = async (kind: string, configuration: object) =>
      (await api.send('POST', `${kind}/`, { title: `The ${kind}`, configuration })).json.id;
    strikeId = await post('strikes', strike());
    await post('strikes', strike());
    scanId = await post('scans', scan());
    const posted = await api.send('POST', 'files/?name=a.tif&media_type=image/tiff', Buffer.from('a scene'), {
      'Content-Type': 'application/octet-stream',
    });
    fileId = posted.json.id;
    const type = (await api.get('recipe-types/one/')).json;
    const input = { version: '7', files: { SCENE: [fileId] }, json: {} };
    recipeId = (await api.send('POST', 'recipes/', { recipe_type_id: type.id, input })).json.id;
    await ingest('a.tif', {
      strike_id: strikeId,
      status: 'INGESTED',
      source_file_id: fileId,
      recipe_id: recipeId,
      file_size: 7,
      new_workspace_id: ids.store,
      new_file_path: 'in/2026/01/02/a.tif',
      ingest_ended: '2026-01-02T03:04:05Z',
      data_started: '2026-01-01T00:30:00Z',
    });
    await ingest('b.tif', {
      strike_id: strikeId,
      status: 'INGESTED',
      file_size: 10,
      ingest_ended: '2026-01-02T03:59:59.999Z',
    });
    await ingest('c.tif', {
      strike_id: strikeId,
      status: 'INGESTED',
      file_size: 5,
      ingest_ended: '2026-01-02T05:00:00Z',
    });
    await ingest('d.tif', { scan_id: scanId, status: 'ERRORED', reason: 'no space', tries: 3 });
    await ingest('123', { scan_id: scanId, status: 'DEFERRED', last_modified: '2020-01-01T00:00:00Z' });
  });

  it('are listed, by every filter', async () => {
    const names = async (query: string) =>
      (await api.get(`ingests/?${query}`)).json.results.map(({ file_name }) => file_name);
    expect(await names('')).toEqual(['a.tif', 'b.tif', 'c.tif', 'd.tif', '123']);
    expect(await names('status=errored&status=DEFERRED')).toEqual(['d.tif', '123']);
    expect(await names(`strike_id=${strikeId}&order=-file_size`)).toEqual(['b.tif', 'a.tif', 'c.tif']);
    expect((await names('order=strike.id')).slice(0, 3).toSorted()).toEqual(['a.tif', 'b.tif', 'c.tif']);
    expect(await names(`scan_id=${scanId}`)).toEqual(['d.tif', '123']);
    expect(await names('file_name=b.tif')).toEqual(['b.tif']);
    expect(await names('ended=P365D')).toEqual(['123']);
    expect(await names('started=PT1H&page_size=2&page=2')).toEqual(['c.tif', 'd.tif']);
    expect((await api.get('ingests/?status=EATEN')).status).toBe(400);
    expect((await api.send('POST', 'ingests/', {})).status).toBe(405);
  });

  it('are shown with their strike, workspaces, file and recipe', async () => {
    const { json } = await api.get(`ingests/${made['a.tif']}/`);
    expect(json).toMatchObject({
      id: made['a.tif'],
      file_name: 'a.tif',
      strike: { id: strikeId, job: null, configuration: { workspace: 'raw' }, progress: { INGESTED: 3 } },
      scan: null,
      status: 'INGESTED',
      file_path: 'ingesting/a.tif',
      workspace: { name: 'raw', is_active: true, created: expect.stringMatching(/Z$/) },
      new_workspace: { name: 'store' },
      new_file_path: 'in/2026/01/02/a.tif',
      job: null,
      source_file: { id: fileId, file_name: 'a.tif', meta_data: {} },
      recipe: { id: recipeId },
      ingest_ended: '2026-01-02T03:04:05.000000Z',
    });
    const [listed] = (await api.get('ingests/?file_name=a.tif')).json.results;
    expect(listed).toMatchObject({
      strike: { id: strikeId, title: 'The strikes' },
      source_file: { id: fileId },
    });
    expect(listed).not.toHaveProperty('strike.configuration');
    expect(listed).not.toHaveProperty('source_file.meta_data');
    const {
      scan: of,
      reason,
      tries,
      new_workspace,
      source_file,
      recipe,
    } = (await api.get('ingests/d.tif/')).json;
    expect({ reason, tries, new_workspace, source_file, recipe }).toEqual({
      reason: 'no space',
      tries: 3,
      new_workspace: null,
      source_file: null,
      recipe: null,
    });
    expect(of).toMatchObject({ id: scanId, dry_run_job: null, progress: { DEFERRED: 1, ERRORED: 1 } });
    expect((await api.get('ingests/123/')).json.id).toBe(made['123']);
    for (const key of ['987654321', 'z.tif', '99999999999999999999'])
      expect((await api.get(`ingests/${key}/`)).status).toBe(404);
  });

  it('by name are the last one', async () => {
    await ingest('a.tif', { strike_id: strikeId, status: 'QUEUED', version: '2' });
    expect((await api.get('ingests/a.tif/')).json).toMatchObject({ id: made['a.tif'], status: 'QUEUED' });
    await api.db.execute('delete from ingest where id = $1', [made['a.tif']]);
  });

  it('list the jobs of the recipe that they started', async () => {
    const jobs = async (key: string) => (await api.get(`ingests/${key}/jobs/`)).json;
    expect(await jobs('d.tif')).toEqual({ count: 0, next: null, previous: null, results: [] });
    const own = (await api.get(`jobs/?root_recipe_id=${recipeId}`)).json;
    expect(await jobs('a.tif')).toEqual(own);
    expect((await api.get('ingests/z.tif/jobs/')).status).toBe(404);
  });

  it('are counted by the hour, of ingest or of the data, with hours of nothing', async () => {
    const range = 'started=2026-01-02T03:00:00Z&ended=2026-01-02T05:30:00Z';
    const { results } = (await api.get(`ingests/status/?${range}&use_ingest_time=true`)).json;
    const [first, second] = results;
    expect(results.length).toBe(2);
    expect(first).toMatchObject({
      strike: { id: strikeId, job: null },
      most_recent: '2026-01-02T05:00:00.000000Z',
      files: 3,
      size: 22,
      values: [
        { time: '2026-01-02T03:00:00Z', files: 2, size: 17 },
        { time: '2026-01-02T04:00:00Z', files: 0, size: 0 },
        { time: '2026-01-02T05:00:00Z', files: 1, size: 5 },
      ],
    });
    expect(second).toMatchObject({ most_recent: null, files: 0, size: 0 });
    expect((second!.values as { files: number }[]).map(({ files }) => files)).toEqual([0, 0, 0]);
    const byData = (await api.get('ingests/status/?started=2026-01-01T00:00:00Z&ended=2026-01-01T00:59:00Z'))
      .json;
    expect(byData.results[0]).toMatchObject({ files: 1, size: 7, values: [{ files: 1 }] });
    const [week] = (await api.get('ingests/status/?page_size=1')).json.results;
    expect((week!.values as object[]).length).toBe(7 * 24 + 1);
    expect((await api.get('ingests/status/?started=P32D')).status).toBe(400);
    expect((await api.get('ingests/status/?started=2999-01-01T00:00:00Z')).status).toBe(400);
  });
});
