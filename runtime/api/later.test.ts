import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';

let api: TestApi;
withApi((started) => (api = started));

describe('what later versions have', () => {
  it.each(['datasets/', 'timeline/recipe-types/?started=P1D'])('is an empty page: %s', async (address) => {
    const { status, json, headers } = await api.get(address);
    expect([status, json, headers.warning]).toEqual([
      200,
      { count: 0, next: null, previous: null, results: [] },
      undefined,
    ]);
  });

  it('is not found, and cannot be made', async () => {
    for (const address of ['datasets/1/', 'datasets/1/members/', 'datasets/members/1/'])
      expect([address, (await api.get(address)).status]).toEqual([address, 404]);
    for (const address of ['datasets/', 'datasets/1/', 'datasets/validation/'])
      expect([address, await api.send('POST', address, {})]).toMatchObject([
        address,
        { status: 501, json: { code: 'SB1160', detail: expect.stringContaining('this version of Seedbed') } },
      ]);
  });

  it('judges what it is asked by', async () => {
    expect((await api.get('datasets/?page=2')).status).toBe(404);
    expect((await api.get('datasets/?colour=red')).headers.warning).toContain('colour');
  });
});
