import { describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../test/support/api.ts';
import { scan, withIngestWorld } from '../../test/support/ingest-world.ts';

let api: TestApi;

withIngestWorld((world) => ({ api } = world));

describe('scans/', () => {
  let id: number;
  const process = (body: object) => api.send('POST', `scans/${id}/process/`, body);

  it("are made, listed, shown and changed in Scale's shapes", async () => {
    const made = await api.send('POST', 'scans/', { title: 'My Scan', configuration: scan() });
    id = made.json.id;
    expect([made.status, made.headers.location]).toEqual([201, `/v6/scans/${id}/`]);
    const untouched = {
      phase: null,
      status: null,
      problem: null,
      requested: null,
      started: null,
      ended: null,
    };
    expect(made.json).toEqual({
      id,
      name: 'my-scan',
      title: 'My Scan',
      description: null,
      file_count: null,
      job: null,
      dry_run_job: null,
      ...untouched,
      created: expect.any(String),
      last_modified: expect.any(String),
      configuration: scan(),
      report: null,
      progress: {},
    });
    const answer = await api.send('PATCH', `scans/${id}/`, {
      title: 'Mine',
      configuration: scan({ recursive: false }),
    });
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
    expect((await api.get('scans/?name=my-scan&order=-created')).json).toMatchObject({
      count: 1,
      results: [{ id, title: 'Mine' }],
    });
    expect((await api.get(`scans/${id}/`)).json.configuration).toEqual(scan({ recursive: false }));
    expect((await api.get('scans/98765/')).status).toBe(404);
    expect((await api.send('PATCH', 'scans/98765/', {})).status).toBe(404);
    const bad = await api.send('POST', 'scans/', {
      title: 'X',
      configuration: scan({ workspace: 'nowhere' }),
    });
    expect([bad.status, bad.json.code]).toEqual([400, 'SB1222']);
  });

  it('run, one run at a time, and are cancelled', async () => {
    const dry = await process({});
    expect([dry.status, dry.json.phase, dry.json.status]).toEqual([201, 'dry_run', 'QUEUED']);
    const second = await process({ ingest: true });
    expect([second.status, second.json.code]).toEqual([409, 'SB1223']);
    const frozen = await api.send('PATCH', `scans/${id}/`, { configuration: scan() });
    expect([frozen.status, frozen.json.code]).toEqual([409, 'SB1223']);
    expect((await api.send('PATCH', `scans/${id}/`, { title: 'Free' })).status).toBe(204);

    await api.db.execute(
      `update scan set status = 'COMPLETED', file_count = 3, report = '{"files": 3}', position = 'z', started = now(),
         ended = now(), problem = 'odd' where id = $1`,
      [id],
    );
    const ingest = await process({ ingest: true });
    expect(ingest.json).toMatchObject({
      phase: 'ingest',
      status: 'QUEUED',
      file_count: null,
      report: { files: 3 },
      problem: null,
      started: null,
      ended: null,
    });
    expect(await api.db.query('select position from scan where id = $1', [id])).toEqual([{ position: null }]);
    const canceled = await api.send('POST', `scans/cancel/${id}/`, { ingest: true });
    expect([canceled.status, canceled.json]).toEqual([202, { id, canceled_jobs: [] }]);
    const { status, ended } = (await api.get(`scans/${id}/`)).json;
    expect([status, typeof ended]).toEqual(['CANCELED', 'string']);
    await api.db.execute(`update scan set status = 'COMPLETED' where id = $1`, [id]);
    expect((await api.send('POST', `scans/cancel/${id}/`)).status).toBe(202);
    expect((await api.get(`scans/${id}/`)).json.status).toBe('COMPLETED');
    expect((await api.send('POST', 'scans/98765/process/', {})).status).toBe(404);
    expect((await api.send('POST', 'scans/cancel/98765/', {})).status).toBe(404);
  });
});
