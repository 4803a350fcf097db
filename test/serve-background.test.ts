import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { call, type HttpAnswer } from './support/http.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
let raw: string;
let send: (method: string, route: string, body?: object) => Promise<HttpAnswer>;
beforeAll(async () => {
  const seedbed = await opened;
  const roots = await seedbed.directory();
  raw = path.join(roots, 'raw');
  await mkdir(raw);
  service = await startService(seedbed, [], { env: { SEED_HOST_ROOTS: roots } });
  const token = (await readFile(path.join(seedbed.home, 'token'), 'utf8')).trim();
  send = (method, route, body) =>
    call(
      service.port,
      method,
      route,
      { Authorization: `Token ${token}`, 'Content-Type': 'application/json' },
      body && JSON.stringify(body),
    );
});
afterAll(() => endServices([service]));

/** What runs in a service besides jobs, and is told what to do by rows alone. */
describe('a service', () => {
  it('begins what its schedules are for when it is due', async () => {
    const definition = { version: '7', input: {}, nodes: {} };
    await send('POST', '/v6/recipe-types/', { title: 'Empty', name: 'empty', definition });
    const target = { recipe: { recipe_type_name: 'empty', input: {} } };
    const schedule = (name: string) => ({ name, cron: '@daily', target });
    expect((await send('POST', '/v6/schedules/', schedule('nightly'))).status).toBe(201);
    await (
      await opened
    ).query(`update schedule set next_due = now() - interval '1 minute' where name = 'nightly'`);
    // It sleeps until then, or until it is told of a change.
    await send('POST', '/v6/schedules/', schedule('another'));
    const recipes = await until('the recipe', async () => {
      const { count, results } = (await send('GET', '/v6/recipes/')).json;
      return count === 1 ? results : undefined;
    });
    expect(recipes).toMatchObject([{ recipe_type: { name: 'empty' } }]);
  });

  it('counts what its strikes ingest', async () => {
    const broker = { type: 'host', host_path: raw };
    const workspace = { name: 'raw', title: 'Raw', configuration: { broker } };
    expect((await send('POST', '/v6/workspaces/', workspace)).status).toBe(201);
    const configuration = {
      ...{ workspace: 'raw', monitor: { type: 'dir-watcher', transfer_suffix: '_tmp' } },
      files_to_ingest: [{ filename_regex: '.*\\.h5', data_types: ['h5'] }],
    };
    expect((await send('POST', '/v6/strikes/', { title: 'Watch', configuration })).status).toBe(201);
    await writeFile(path.join(raw, 'a.h5_tmp'), 'a scene');
    await rename(path.join(raw, 'a.h5_tmp'), path.join(raw, 'a.h5'));
    const metrics = await until('the file to be counted', async () => {
      const text = (await send('GET', '/metrics')).body.toString();
      return text.includes('seedbed_ingested_files_total{outcome="ingested"} 1') ? text : undefined;
    });
    expect(metrics).toContain('seedbed_ingested_bytes_total 7\n');
  });

  it('loses nothing to a seed gc beside it', async () => {
    const before = await readdir(path.join(raw, 'ingesting'));
    expect(await (await opened).run(['gc'])).toMatchObject({ exit: 0 });
    expect(await readdir(path.join(raw, 'ingesting'))).toEqual(before);
    const files = (await send('GET', '/v6/files/')).json.results as unknown as { id: number }[];
    expect(files).toHaveLength(1);
    expect((await send('GET', `/v6/files/${files[0]!.id}/content/`)).body.toString()).toBe('a scene');
  });
});
