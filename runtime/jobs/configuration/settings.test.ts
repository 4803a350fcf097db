import { describe, expect, it } from '@jest/globals';
import { testManifest } from '../../../test/support/manifest.ts';
import {
  effectiveConfiguration,
  maskConfiguration,
  missingValues,
  resolveSettings,
  splitSecrets,
} from './index.ts';

const manifest = testManifest({
  interface: {
    outputs: {
      files: [
        { name: 'OUT', pattern: '*' },
        { name: 'out-two', pattern: 'b' },
      ],
    },
    mounts: [{ name: 'cache-dir', path: '/cache', mode: 'rw' }],
    settings: [{ name: 'db-host' }, { name: 'DB_PASS', secret: true }, { name: 'TOKEN', secret: true }],
  },
});
const volume = { type: 'volume' } as const;
const host = { type: 'host', host_path: '/data' } as const;

describe('splitSecrets', () => {
  it('takes secrets out, in the own names of the manifest, and leaves out what that does not know', () => {
    expect(
      splitSecrets(
        {
          priority: 5,
          settings: { DB_HOST: 'here', db_pass: 'hunter2', TOKEN: '', MISSPELT_PASS: 'hunter3' },
          mounts: { CACHE_DIR: volume, OTHER: host },
          output_workspaces: { default: 'd', outputs: { OUT_TWO: 'w', NONE: 'w' } },
        },
        manifest,
      ),
    ).toEqual({
      configuration: {
        priority: 5,
        settings: { 'db-host': 'here' },
        mounts: { 'cache-dir': volume },
        output_workspaces: { default: 'd', outputs: { 'out-two': 'w' } },
      },
      secrets: new Map([
        ['DB_PASS', 'hunter2'],
        ['TOKEN', ''],
      ]),
      removed: [],
    });
  });

  it('keeps a stored secret that is left out or comes back masked, and removes one that is null', () => {
    expect(splitSecrets({ settings: { DB_PASS: '******', 'db-host': '******' } }, manifest)).toEqual({
      configuration: { settings: { 'db-host': '******' } },
      secrets: new Map(),
      removed: [],
    });
    expect(splitSecrets({ settings: { DB_PASS: null, 'db-host': null } }, manifest)).toEqual({
      configuration: { settings: { DB_PASS: null, 'db-host': null } },
      secrets: new Map(),
      removed: ['DB_PASS'],
    });
    expect(splitSecrets({ priority: 1 }, manifest).configuration).toEqual({ priority: 1 });
  });
});

describe('maskConfiguration', () => {
  it('shows that a secret has a value, and never which', () => {
    const configuration = { priority: 1, settings: { DB_HOST: 'here', TOKEN: 'in the clear by mistake' } };
    expect(maskConfiguration(configuration, manifest, ['DB_PASS', 'GONE'])).toEqual({
      priority: 1,
      settings: { 'db-host': 'here', DB_PASS: '******', TOKEN: '******' },
    });
  });

  it('shows what is null as null, and no settings where there are none', () => {
    expect(maskConfiguration({ settings: { TOKEN: null } }, manifest, [])).toEqual({
      settings: { TOKEN: null },
    });
    expect(maskConfiguration({ priority: 2 }, manifest, [])).toEqual({ priority: 2 });
    expect(maskConfiguration({}, manifest, ['TOKEN'])).toEqual({ settings: { TOKEN: '******' } });
  });

  it('gives what can be sent back without a change', () => {
    const { configuration, secrets } = splitSecrets({ settings: { DB_PASS: 'x', 'db-host': 'h' } }, manifest);
    const shown = maskConfiguration(configuration, manifest, [...secrets.keys()]);
    expect(splitSecrets(shown, manifest)).toEqual({ configuration, secrets: new Map(), removed: [] });
  });
});

describe('resolveSettings', () => {
  const values = (...parameters: Parameters<typeof resolveSettings>) => {
    const { settings, missing } = resolveSettings(...parameters);
    return { ...Object.fromEntries(settings), missing: missing.map(({ kind, name }) => `${kind} ${name}`) };
  };

  it('names everything that nobody has given', () => {
    expect(values(manifest, {}, undefined, new Map())).toEqual({
      missing: ['setting db-host', 'setting DB_PASS', 'setting TOKEN', 'mount cache-dir'],
    });
    expect(
      missingValues(manifest, { settings: { TOKEN: null } }, { mounts: { CACHE_DIR: host } }, ['DB_PASS']),
    ).toEqual([{ kind: 'setting', name: 'db-host' }]);
  });

  it('puts the job over its type, and null over everything', () => {
    const type = { settings: { DB_HOST: 'type', TOKEN: null }, mounts: { CACHE_DIR: volume } };
    const job = { settings: { 'db-host': 'job', DB_PASS: null } };
    const secrets = new Map([
      ['DB_PASS', 'stored'],
      ['TOKEN', 'of the job'],
    ]);
    expect(values(manifest, type, undefined, secrets)).toEqual({
      'db-host': 'type',
      DB_PASS: 'stored',
      TOKEN: 'of the job',
      missing: [],
    });
    expect(values(manifest, type, job, secrets)).toEqual({
      'db-host': 'job',
      TOKEN: 'of the job',
      missing: [],
    });
    expect(resolveSettings(manifest, type, { mounts: { 'cache-dir': host } }, secrets).mounts).toEqual([
      { name: 'cache-dir', path: '/cache', mode: 'rw', mount: host },
    ]);
  });

  it('takes an empty text for a value, and a mask for none', () => {
    const type = { settings: { DB_HOST: '', DB_PASS: '******' }, mounts: { CACHE_DIR: volume } };
    expect(values(manifest, type, undefined, new Map([['TOKEN', '']]))).toEqual({
      'db-host': '',
      TOKEN: '',
      missing: ['setting DB_PASS'],
    });
  });

  it('finds a value after a new manifest has made a secret of the setting, or no longer', () => {
    const type = { settings: { DB_PASS: 'clear' }, mounts: { CACHE_DIR: volume } };
    expect(
      values(
        manifest,
        type,
        undefined,
        new Map([
          ['DB-HOST', 'sealed'],
          ['TOKEN', 't'],
        ]),
      ),
    ).toEqual({
      'db-host': 'sealed',
      DB_PASS: 'clear',
      TOKEN: 't',
      missing: [],
    });
  });
});

describe('effectiveConfiguration', () => {
  it('has a value for everything', () => {
    expect(effectiveConfiguration(manifest, {})).toEqual({
      priority: 100,
      maxTries: 3,
      retryErrors: [],
      memoryFactor: undefined,
      resources: new Map(),
      workspaces: new Map(),
      defaultWorkspace: undefined,
    });
  });

  it('puts the job over its type, member by member', () => {
    expect(
      effectiveConfiguration(
        manifest,
        {
          priority: 7,
          retry: { max_tries: 5, errors: ['timeout'] },
          resources: { CPUS: 1, mem: 64 },
          output_workspaces: { default: 'type', outputs: { OUT: 'a', OUT_TWO: 'b' } },
        },
        {
          retry: { max_tries: 2, memory_factor: 2 },
          resources: { cpus: 4 },
          output_workspaces: { default: '', outputs: { 'out-two': 'c' } },
        },
      ),
    ).toEqual({
      priority: 7,
      maxTries: 2,
      retryErrors: ['timeout'],
      memoryFactor: 2,
      resources: new Map([
        ['cpus', 4],
        ['mem', 64],
      ]),
      workspaces: new Map([
        ['OUT', 'a'],
        ['out-two', 'c'],
      ]),
      defaultWorkspace: 'type',
    });
  });
});
