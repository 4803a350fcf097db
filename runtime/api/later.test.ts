import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';

let api: TestApi;
withApi((started) => (api = started));

describe('what later versions have', () => {
  it.each([
    'batches/',
    'datasets/',
    'ingests/?status=INGESTED&started=PT1H',
    'ingests/status/?use_ingest_time=true',
    'scans/',
    'strikes/?name=a',
    'timeline/recipe-types/?started=P1D',
  ])('is an empty page: %s', async (address) => {
    const { status, json, headers } = await api.get(address);
    expect([status, json, headers.warning]).toEqual([
      200,
      { count: 0, next: null, previous: null, results: [] },
      undefined,
    ]);
  });

  it('is not found, and cannot be made', async () => {
    for (const address of [
      'batches/1/',
      'batches/comparison/1/',
      'datasets/1/',
      'datasets/1/members/',
      'datasets/members/1/',
      'ingests/1/',
      'ingests/a.tif/',
      'ingests/1/jobs/',
      'scans/1/',
      'strikes/1/',
    ])
      expect([address, (await api.get(address)).status]).toEqual([address, 404]);
    for (const address of [
      'batches/',
      'batches/validation/',
      'datasets/',
      'datasets/1/',
      'datasets/validation/',
      'scans/',
      'scans/validation/',
      'scans/cancel/1/',
      'scans/1/process/',
      'strikes/',
      'strikes/validation/',
    ])
      expect([address, await api.send('POST', address, {})]).toMatchObject([
        address,
        { status: 501, json: { code: 'SB1160', detail: expect.stringContaining('this version of Seedbed') } },
      ]);
    for (const address of ['batches/1/', 'scans/1/', 'strikes/1/'])
      expect([address, (await api.send('PATCH', address, {})).status]).toEqual([address, 501]);
    expect((await api.send('POST', 'ingests/', {})).status).toBe(405);
  });

  it('judges what it is asked by', async () => {
    expect((await api.get('batches/?is_superseded=perhaps')).status).toBe(400);
    expect((await api.get('strikes/?page=2')).status).toBe(404);
    expect((await api.get('scans/?colour=red')).headers.warning).toContain('colour');
  });
});
