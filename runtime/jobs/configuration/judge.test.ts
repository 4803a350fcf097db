import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testManifest } from '../../../test/support/manifest.ts';
import { judgeConfiguration, prepareMounts, resolveSettings, type Surroundings } from './index.ts';

const manifest = testManifest({
  interface: {
    outputs: {
      files: [
        { name: 'OUT', pattern: '*' },
        { name: 'out-two', pattern: 'b*' },
      ],
    },
    mounts: [
      { name: 'REFERENCE', path: '/reference' },
      { name: 'cache-dir', path: '/cache', mode: 'rw' },
    ],
    settings: [{ name: 'DB_HOST' }, { name: 'DB_PASS', secret: true }],
  },
  resources: { scalar: [{ name: 'licences', value: 1 }] },
  errors: [{ code: 1, name: 'bad-weather' }],
});

const bare = testManifest();
let root: string;
let server: Server;
let around: Surroundings;

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'seedbed-test-roots-')));
  for (const name of ['data/deep', 'home/database', 'elsewhere', 'data/run', 'data/key'])
    await mkdir(path.join(root, name), { recursive: true });
  await writeFile(path.join(root, 'data/key/secret'), '');
  await symlink(path.join(root, 'elsewhere'), path.join(root, 'data/out'));
  await symlink(path.join(root, 'data/deep'), path.join(root, 'data/in'));
  await symlink(path.join(root, 'data'), path.join(root, 'linked-root'));
  await symlink(path.join(root, 'data/run/engine.sock'), path.join(root, 'engine.sock'));
  server = createServer().listen(path.join(root, 'data/run/engine.sock'));
  around = {
    roots: [path.join(root, 'data')],
    home: path.join(root, 'home'),
    engineSockets: [path.join(root, 'engine.sock')],
    workspaces: new Map([
      ['products', { is_active: true, kind: 'host', host_path: path.join(root, 'data/deep') }],
      ['old', { is_active: false, kind: 'host', host_path: path.join(root, 'data/deep') }],
    ]),
    defaultWorkspace: 'seedbed',
  };
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

const judge = (document: unknown, more: Partial<Surroundings> = {}, of = manifest) =>
  judgeConfiguration(document, of, { ...around, ...more });

/** `NAME path` of each finding. */
const found = (findings: readonly { name: string; path: string }[]) =>
  findings.map(({ name, path: at }) => `${name} ${at}`);

const mountOf = (hostPath: string) => ({ mounts: { REFERENCE: { type: 'host', host_path: hostPath } } });

async function problemOf(hostPath: string, more: Partial<Surroundings> = {}) {
  const { errors } = await judge(mountOf(hostPath), more);
  return errors.map(({ name, description }) => `${name}: ${description}`).join('; ');
}

describe('judgeConfiguration', () => {
  it('takes a whole configuration without a word', async () => {
    const configuration = {
      version: '6',
      mounts: {
        REFERENCE: { type: 'host', host_path: path.join(root, 'data/deep') },
        CACHE_DIR: { type: 'volume', driver: '', driver_opts: {} },
      },
      output_workspaces: { default: 'products', outputs: { OUT_TWO: 'products' } },
      priority: 10,
      settings: { 'db-host': 'here', DB_PASS: 'x' },
      retry: { errors: ['bad-weather', 'timeout', '*'] },
      resources: { cpus: 2, GPUS: 1 },
    };
    expect(await judge(configuration)).toEqual({
      is_valid: true,
      errors: [],
      warnings: [],
      configuration,
    });
  });

  it('names a broken shape as Scale does, all of it at once', async () => {
    expect(found((await judge({ priority: 0, settings: [], mount: {} })).errors)).toEqual([
      'INVALID_CONFIGURATION mount',
      'INVALID_PRIORITY priority',
      'INVALID_CONFIGURATION settings',
    ]);
    const { errors } = await judge({ settings: { DB_HOST: 'a\0b' } });
    expect(errors[0]!.description).toBe('settings.DB_HOST contains a NUL character (\\u0000)');
    expect(found((await judge(null)).errors)).toEqual(['INVALID_CONFIGURATION ']);
  });

  it('judges all that has the right shape beside what has not', async () => {
    const { is_valid, errors, warnings, configuration } = await judge({
      priority: 0,
      output_workspaces: { default: 'produkts', outputs: { OUT: 5 } },
      settings: { 'a b': 1, DB_HOTS: 'x' },
      mounts: {
        REFERENCE: { type: 'host', host_path: 5 },
        'cache-dir': { type: 'host', host_path: 'relative' },
        SPARE: { type: 'volume' },
      },
      resources: { cups: 1, mem: 'much' },
      retry: { errors: [5, 'bad-wether'], max_tries: 0 },
    });
    expect([is_valid, configuration]).toEqual([false, undefined]);
    expect(found(errors).sort()).toEqual([
      'HOST_ABSOLUTE_PATH mounts.cache-dir.host_path',
      'INVALID_CONFIGURATION mounts.REFERENCE.host_path',
      'INVALID_CONFIGURATION output_workspaces.outputs.OUT',
      'INVALID_CONFIGURATION resources.cups',
      'INVALID_CONFIGURATION resources.mem',
      'INVALID_CONFIGURATION retry.errors[0]',
      'INVALID_CONFIGURATION retry.max_tries',
      'INVALID_CONFIGURATION settings["a b"]',
      'INVALID_PRIORITY priority',
      'INVALID_WORKSPACE output_workspaces.default',
    ]);
    expect(found(warnings)).toEqual(['UNKNOWN_SETTING settings.DB_HOTS', 'UNKNOWN_MOUNT mounts.SPARE']);
    // What is missing of other members is told.
    expect(found((await judge({ priority: 0, settings: [] })).warnings)).toEqual([
      'MISSING_MOUNT mounts',
      'MISSING_MOUNT mounts',
    ]);
  });

  it('warns of what jobs will wait for, unless it is stored, inherited or given as null', async () => {
    expect(found((await judge({})).warnings)).toEqual([
      'MISSING_SETTING settings',
      'MISSING_SETTING settings',
      'MISSING_MOUNT mounts',
      'MISSING_MOUNT mounts',
    ]);
    const inherited = {
      settings: { DB_HOST: null },
      mounts: { REFERENCE: { type: 'volume' }, CACHE_DIR: { type: 'volume' } },
    } as const;
    const given = { settings: { DB_PASS: '******' } };
    expect((await judge(given, { inherited })).warnings[0]!.description).toBe(
      'The setting DB_PASS has no value, so jobs wait for it; give settings.DB_PASS a text, or null to run without it',
    );
    expect((await judge(given, { inherited, secretNames: ['DB_PASS'] })).warnings).toEqual([]);
  });

  it('warns of names that the manifest has not, and refuses a name given twice', async () => {
    const two = { type: 'volume' };
    const { errors, warnings } = await judge({
      settings: { DB_HOTS: 'x', DB_HOST: 'a', db_host: 'b', DB_PASS: 'c' },
      mounts: { SPARE: two, 'cache-dir': two, CACHE_DIR: two, REFERENCE: two },
      output_workspaces: { outputs: { NONE: 'products', OUT: 'products', out: 'products' } },
      retry: { errors: ['bad-wether'] },
    });
    expect(found(errors)).toEqual([
      'DUPLICATE_SETTING settings.db_host',
      'DUPLICATE_MOUNT mounts.CACHE_DIR',
      'DUPLICATE_WORKSPACE output_workspaces.outputs.out',
    ]);
    expect(found(warnings)).toEqual([
      'UNKNOWN_SETTING settings.DB_HOTS',
      'UNKNOWN_MOUNT mounts.SPARE',
      'UNKNOWN_OUTPUT output_workspaces.outputs.NONE',
      'UNKNOWN_ERROR retry.errors[0]',
    ]);
    expect(warnings[0]!.description).toContain('did you mean DB_HOST?');
    expect(warnings[1]!.description).toContain('it has REFERENCE, cache-dir');
  });

  it('judges workspaces', async () => {
    const outputs = (given: object, more: Partial<Surroundings> = {}) =>
      judge({ output_workspaces: given }, more);
    const { errors } = await outputs({ default: 'product', outputs: { OUT: 'nowhere at all' } });
    expect(found(errors)).toEqual([
      'INVALID_WORKSPACE output_workspaces.default',
      'INVALID_WORKSPACE output_workspaces.outputs.OUT',
    ]);
    expect(errors[0]!.description).toContain('did you mean products?');
    expect(errors[1]!.description).toContain('there are products, old');
    expect(found((await outputs({ default: 'old' })).warnings)).toContain(
      'DEPRECATED_WORKSPACE output_workspaces.default',
    );
    const workspaces = new Map([
      ['seedbed', { is_active: true, kind: 'host', host_path: path.join(root, 'home/files') }],
      ['bucket', { is_active: true, kind: 'gluster', host_path: null }],
      ['local', { is_active: true, kind: 'host', host_path: '/' }],
      ['home', { is_active: true, kind: 'host', host_path: path.join(root, 'home') }],
      ['store', { is_active: true, kind: 's3', host_path: null }],
      ['share', { is_active: true, kind: 'nfs', host_path: null }],
      ['led', { is_active: true, kind: 'host', host_path: path.join(root, 'data/out') }],
    ]);
    for (const name of ['seedbed', 'store', 'share'])
      expect(found((await outputs({ default: name }, { workspaces })).errors)).toEqual([]);
    for (const name of ['bucket', 'local', 'home', 'led'])
      expect(found((await outputs({ default: name }, { workspaces })).errors)).toEqual([
        'WORKSPACE_NOT_ALLOWED output_workspaces.default',
      ]);
    const none = { defaultWorkspace: undefined } as unknown as Partial<Surroundings>;
    const missing = await outputs({ default: '', outputs: { OUT: 'products' } }, none);
    expect(missing.errors.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      'MISSING_WORKSPACE: The files of out-two have no workspace; give output_workspaces.default, or output_workspaces.outputs.out-two',
    ]);
    const inherited = { output_workspaces: { default: 'products' } };
    expect((await outputs({}, { ...none, inherited })).is_valid).toBe(true);
    expect((await judge({}, none, bare)).is_valid).toBe(true);
  });

  it('judges resources', async () => {
    const { errors, warnings } = await judge({ resources: { LICENCES: 2, memm: 1, fpga: 1, Gpus: 1.5 } });
    expect(found(warnings)).toContain('NONSTANDARD_RESOURCE resources.LICENCES');
    expect(errors.map(({ description }) => description)).toEqual([
      'resources.memm is no resource of the manifest; did you mean mem?',
      'resources.fpga is no resource of the manifest; declare it in job.resources.scalar of the manifest',
      'resources.Gpus is 1.5, and GPUs are given whole',
    ]);
  });
});

describe('host mounts', () => {
  it.each(['data/deep', 'data/in', 'data', 'data/deep/../deep/', 'linked-root/deep', 'data/key/secret'])(
    'may be %s, below a root',
    async (name) => {
      const roots = [path.join(root, 'linked-root'), path.join(root, 'data')];
      const more = { roots, engineSockets: [] };
      expect(await problemOf(path.join(root, name), more)).toBe('');
    },
  );

  it.each([
    ['relative', 'data', /^HOST_ABSOLUTE_PATH: mounts.REFERENCE.host_path data is not absolute; write it/],
    ['elsewhere', '/elsewhere', /^MOUNT_NOT_ALLOWED: .*lies below none of .*add one to SEED_HOST_ROOTS$/],
    ['a way out of the root', '/data/../elsewhere', /^MOUNT_NOT_ALLOWED/],
    ['a link out of the root', '/data/out', /^MOUNT_NOT_ALLOWED: .* leads out of/],
    ['another name that begins the same', '/data-else', /^MOUNT_NOT_ALLOWED/],
    ['missing', '/data/none', /^MOUNT_NOT_FOUND: .* does not exist; make it/],
    ['below a file', '/data/key/secret/x', /^MOUNT_NOT_FOUND: .* does not exist/],
    ['what holds the socket', '/data/run', /^MOUNT_FORBIDDEN: .* holds the container engine's socket/],
    ['a root that holds it', '/data', /^MOUNT_FORBIDDEN: .* holds the container engine's socket/],
    ['a socket', '/data/run/engine.sock', /^MOUNT_FORBIDDEN: .* is a socket/],
  ])('may not be %s', async (_, name, problem) => {
    expect(await problemOf(name.startsWith('/') ? root + name : name)).toMatch(problem);
  });

  it.each([
    ['/', /^MOUNT_FORBIDDEN: .* is the whole file system/],
    ['/dev/null', /^MOUNT_FORBIDDEN: .* is a device/],
    ['HOME', /^MOUNT_FORBIDDEN: .* holds SEED_HOME/],
    ['HOME/..', /^MOUNT_FORBIDDEN: .* holds SEED_HOME/],
    ['HOME/database', /^MOUNT_FORBIDDEN: .* lies in SEED_HOME/],
  ])('may not be %s, whatever the roots', async (hostPath, problem) => {
    const more = { roots: ['/'], engineSockets: [] };
    expect(await problemOf(hostPath.replace('HOME', path.join(root, 'home')), more)).toMatch(problem);
  });

  it('may not reach the embedded database through its link, nor the key', async () => {
    const home = path.join(root, 'home-of-root');
    await mkdir(home);
    await symlink(path.join(root, 'data/deep'), path.join(home, 'database'));
    expect(await problemOf(path.join(root, 'data/deep'), { home })).toMatch(/holds the embedded database/);
    const secretKeyFile = path.join(root, 'data/key/secret');
    expect(await problemOf(path.join(root, 'data/key'), { secretKeyFile })).toMatch(
      /holds the key for secrets/,
    );
  });

  it('may be nothing where there are no roots, and are not told what exists', async () => {
    const none = { roots: [] };
    const there = await problemOf(path.join(root, 'data/deep'), none);
    expect(there).toMatch(/^MOUNT_NOT_ALLOWED: .* has no directories for mounts; set SEED_HOST_ROOTS$/);
    const absent = await problemOf(path.join(root, 'data/none'), none);
    expect(absent.replace('data/none', 'data/deep')).toBe(there);
  });

  it('are judged again before the launch, and mounted without links', async () => {
    const resolve = (hostPath: string) =>
      resolveSettings(
        manifest,
        { mounts: { REFERENCE: { type: 'host', host_path: hostPath }, CACHE_DIR: { type: 'volume' } } },
        undefined,
        new Map(),
      ).mounts;
    const owner = { installation: 'uuid', jobTypeId: 7 };
    const { staged, volumes } = await prepareMounts(resolve(path.join(root, 'data/in')), around, owner);
    expect(staged).toEqual([
      { name: 'REFERENCE', source: path.join(root, 'data/deep'), target: '/reference', mode: 'ro' },
    ]);
    expect(volumes).toEqual([
      expect.objectContaining({
        name: 'cache-dir',
        driver: 'local',
        options: {},
        target: '/cache',
        mode: 'rw',
      }),
    ]);
    await expect(prepareMounts(resolve(path.join(root, 'data/out')), around, owner)).rejects.toMatchObject({
      error: 'mount-not-found',
      message: expect.stringContaining('leads out of the directories for mounts'),
    });
  });
});
