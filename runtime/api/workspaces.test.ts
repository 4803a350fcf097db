import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { workspaceCredentials, Workspaces } from '../catalog/index.ts';
import { readConfig } from '../config/index.ts';

const env: NodeJS.ProcessEnv = {};
let root: string;
let api: TestApi;
beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-roots-')));
  env.SEED_HOST_ROOTS = root;
  for (const name of ['raw', 'other']) await mkdir(path.join(root, name));
  await writeFile(path.join(root, 'file'), '');
});
withApi((started) => (api = started), env);
afterAll(() => rm(root, { recursive: true }));

const host = (host_path: string) => ({ broker: { type: 'host', host_path } });
const post = (body: object) => api.send('POST', 'workspaces/', body);
const judge = async (configuration: object, rest: object = {}) => {
  const { status, json } = await api.send('POST', 'workspaces/validation/', {
    title: 'X',
    ...rest,
    configuration,
  });
  expect(status).toBe(200);
  const names = (findings: readonly { name: string }[]) => findings.map(({ name }) => name);
  return { is_valid: json.is_valid, errors: names(json.errors), warnings: names(json.warnings) };
};

describe('workspaces/', () => {
  it("are made, listed, shown and changed in Scale's shapes", async () => {
    const made = await post({
      title: 'Raw Source',
      description: 'Raw',
      base_url: 'http://host.com/rs',
      configuration: { version: '6', ...host(`${root}/raw/../raw`) },
    });
    expect(made.status).toBe(201);
    const { id } = made.json;
    expect(made.headers.location).toBe(`/v6/workspaces/${id}/`);
    expect(made.json).toMatchObject({
      name: 'raw-source',
      configuration: { version: '6', ...host(`${root}/raw`) },
    });
    const again = await post({ id: null, title: 'Raw source', configuration: host(`${root}/other`) });
    expect(again.json).toMatchObject({ name: 'raw-source-2', is_active: true, deprecated: null });

    const back = await api.send('PATCH', `workspaces/${id}/`, made.json);
    expect([back.status, back.headers.warning]).toEqual([
      204,
      '299 seedbed "unknown members are ignored: id, name, created, deprecated, last_modified"',
    ]);
    expect((await api.get(`workspaces/${id}/`)).json).toMatchObject({ base_url: 'http://host.com/rs' });

    const list = await api.get('workspaces/');
    expect(list.json.results.map(({ name }) => name)).toEqual([
      `local-${hostname()}`,
      'raw-source',
      'raw-source-2',
      'seedbed',
    ]);
    const some = await api.get('workspaces/?name=seedbed&name=raw-source&order=-name&started=PT1H');
    expect(some.json.results.map(({ name }) => name)).toEqual(['seedbed', 'raw-source']);
    expect((await api.get('workspaces/?ended=PT1H')).json.count).toBe(0);

    const change = async (body: object) => {
      const answer = await api.send('PATCH', `workspaces/${id}/`, body);
      expect([answer.status, answer.body.length]).toEqual([204, 0]);
      return (await api.get(`workspaces/${id}/`)).json;
    };
    expect(await change({ is_active: false, base_url: null })).toMatchObject({
      title: 'Raw Source',
      base_url: null,
      is_active: false,
      deprecated: expect.any(String),
    });
    expect(
      await change({ is_active: true, title: 'Rs', configuration: host(`${root}/other`) }),
    ).toMatchObject({
      title: 'Rs',
      deprecated: null,
      configuration: { version: '7', ...host(`${root}/other`) },
    });
    expect((await api.get('workspaces/98765/')).status).toBe(404);
    expect((await api.send('PATCH', 'workspaces/98765/', {})).status).toBe(404);
  });

  it('keep files nowhere but below the roots, wherever links lead', async () => {
    for (const [name, target] of [
      ['out', '/usr'],
      ['home', api.home],
      ['all', '/'],
    ])
      await symlink(target!, path.join(root, name!));
    const of = async (place: string) => (await judge(host(place))).errors;
    expect(await of(`${root}/raw`)).toEqual([]);
    expect(await of('raw')).toEqual(['HOST_ABSOLUTE_PATH']);
    expect(await of('/')).toEqual(['MOUNT_NOT_ALLOWED']);
    expect(await of(`${root}/../..`)).toEqual(['MOUNT_NOT_ALLOWED']);
    expect(await of(`${root}/out`)).toEqual(['MOUNT_NOT_ALLOWED']);
    expect(await of(`${root}/home`)).toEqual(['MOUNT_FORBIDDEN']);
    expect(await of(`${root}/all`)).toEqual(['MOUNT_FORBIDDEN']);
    expect(await of(`${root}/file`)).toEqual(['MOUNT_FORBIDDEN']);
    expect(await of(`${root}/none`)).toEqual(['MOUNT_NOT_FOUND']);
    expect(await judge(host(`${root}/other`))).toEqual({
      is_valid: true,
      errors: [],
      warnings: ['SHARED_DIRECTORY', 'SHARED_DIRECTORY'],
    });
  });

  it('are refused by name when they are of another broker, misshapen, taken or our own', async () => {
    for (const type of ['tape', 'S3'])
      expect(await judge({ broker: { type, host_path: '/x' } })).toEqual({
        is_valid: false,
        errors: ['UNSUPPORTED_BROKER'],
        warnings: [],
      });
    for (const bad of [
      {},
      { broker: { type: 'host' } },
      { ...host('/x'), extra: 1 },
      { version: '9', ...host('/x') },
      { broker: { type: 's3' } },
      { broker: { type: 's3', bucket_name: 'a/b' } },
      { broker: { type: 's3', bucket_name: 'bucket', credentials: { access_key_id: 'x' } } },
      { broker: { type: 'nfs', nfs_path: 'no-server' } },
    ])
      expect((await judge(bad)).errors).toEqual(['INVALID_CONFIGURATION']);
    const taken = await post({ name: 'seedbed', title: 'X', configuration: host(`${root}/raw`) });
    expect([taken.status, taken.json.errors]).toEqual([
      400,
      [expect.objectContaining({ name: 'NAME_TAKEN' })],
    ]);
    const tape = await post({ title: 'X', configuration: { broker: { type: 'tape' } } });
    expect(tape).toMatchObject({ status: 400, json: { code: 'SB1164' } });
    expect((await post({ title: 'X' })).json).toMatchObject({ code: 'SB1128' });
    const ours = (await api.get('workspaces/?name=seedbed')).json.results[0]!;
    for (const body of [{ is_active: false }, { configuration: host(`${root}/raw`) }])
      expect((await api.send('PATCH', `workspaces/${ours.id}/`, body)).json.errors).toEqual([
        expect.objectContaining({ name: 'MANAGED_WORKSPACE' }),
      ]);
    expect((await api.send('PATCH', `workspaces/${ours.id}/`, { title: 'Ours' })).status).toBe(204);
    expect((await api.get('workspaces/')).json.count).toBe(4);
  });

  it('are NFS paths that are mounted here', async () => {
    const nfs = (nfs_path: string, host_path?: string) => ({ broker: { type: 'nfs', nfs_path, host_path } });
    const of = async (...given: Parameters<typeof nfs>) => (await judge(nfs(...given))).errors;
    const mounted = path.join(root, 'mounted');
    await mkdir(mounted);
    expect(await of('server.test:/export')).toEqual(['NFS_NOT_MOUNTED']);
    expect(await of('server.test:/export', mounted)).toEqual(['NFS_NOT_MOUNTED']);
    // The table of mounts shows its source, as that of a server.
    execFileSync('mount', ['-t', 'tmpfs', 'server.test:/export', mounted]);
    try {
      await mkdir(path.join(mounted, 'deep'));
      const made = await post({ title: 'Nfs', configuration: nfs('server.test:/export/') });
      expect(made.json.configuration.broker).toEqual({
        type: 'nfs',
        nfs_path: 'server.test:/export/',
        host_path: mounted,
      });
      const deep = await post({ title: 'Deep', configuration: nfs('server.test:/export/deep') });
      expect(deep.json.configuration.broker).toMatchObject({ host_path: path.join(mounted, 'deep') });
      expect(await of('server.test:/export', mounted)).toEqual([]);
      expect(await of('server.test:/export', path.join(mounted, 'deep'))).toEqual(['NFS_NOT_MOUNTED']);
      expect(await of('server.test:/exports')).toEqual(['NFS_NOT_MOUNTED']);
      const workspaces = new Workspaces(api.db, readConfig({ SEED_HOME: api.home }));
      const opened = (await workspaces.byId(made.json.id))!;
      await opened.put('a', () => Readable.from(['on the server']));
      expect(opened.kind).toBe('nfs');
      execFileSync('umount', [mounted]);
      await expect(workspaces.byId(made.json.id)).rejects.toMatchObject({
        error: 'workspace-unreachable',
        message: expect.stringContaining('server.test:/export/ is not mounted there'),
      });
    } finally {
      spawnSync('umount', [mounted]);
    }
  });

  it('are buckets, whose credentials are kept as secrets and never shown', async () => {
    const credentials = { access_key_id: 'KEY-ID', secret_access_key: 'hunter2-hunter2' };
    const s3 = (more: object = {}) => ({
      broker: { type: 's3', bucket_name: 'bucket', endpoint_url: 'http://127.0.0.1:1', ...more },
    });
    expect(await judge(s3({ credentials }))).toEqual({
      is_valid: true,
      errors: [],
      warnings: ['BUCKET_UNREACHABLE'],
    });
    for (const [more, error] of [
      [{ endpoint_url: 'ftp://x' }, 'ENDPOINT_URL'],
      [{ endpoint_url: 'http://me:hunter2@x' }, 'ENDPOINT_URL'],
      [{ prefix: 'a/../b' }, 'BUCKET_PREFIX'],
      [{ prefix: 'a//b' }, 'BUCKET_PREFIX'],
      [{ host_path: '/usr' }, 'MOUNT_NOT_ALLOWED'],
    ] as const)
      expect((await judge(s3(more))).errors).toEqual([error]);
    const made = await post({ title: 'Bucket', configuration: s3({ prefix: 'a/b', credentials }) });
    expect([made.status, made.json.configuration]).toEqual([201, { version: '7', ...s3({ prefix: 'a/b' }) }]);
    const { id } = made.json;
    const config = readConfig({ SEED_HOME: api.home });
    const kept = () => workspaceCredentials(api.db, config, id);
    const first = { accessKeyId: 'KEY-ID', secretAccessKey: 'hunter2-hunter2' };
    expect(await kept()).toEqual(first);
    const [row] = await api.db.query<{ text: string }>(
      'select w::text as text from workspace w where id = $1',
      [id],
    );
    expect(row!.text + (await api.get(`workspaces/${id}/`)).body).not.toMatch(/hunter2|KEY-ID/);

    const workspaces = new Workspaces(api.db, config);
    const opened = await workspaces.byId(id);
    expect(opened).toMatchObject({ kind: 's3', name: 'bucket' });
    const change = (more: object) => api.send('PATCH', `workspaces/${id}/`, { configuration: s3(more) });
    await change({ prefix: 'c' });
    expect(await kept()).toEqual(first);
    await change({ credentials: { access_key_id: 'OTHER', secret_access_key: 'other' } });
    expect(await kept()).toEqual({ accessKeyId: 'OTHER', secretAccessKey: 'other' });
    expect(await workspaces.byId(id)).not.toBe(opened);
    await change({ credentials: null });
    expect(await kept()).toBeUndefined();
    workspaces.close();
  });
});
