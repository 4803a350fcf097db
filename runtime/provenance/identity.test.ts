import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bencode, bdecode, changesBetween, identityOf } from '../dag/index.ts';
import type { ScaleFile } from '../catalog/index.ts';
import { loadManifest } from '../manifest/index.ts';
import { describedFile, type IdentityFile, identityOfJob, type IdentityRequest } from './index.ts';

const manifestOf = (change: (job: Record<string, unknown>) => void = () => undefined) => {
  const job: Record<string, unknown> = {
    name: 'blur',
    jobVersion: '1.0.0',
    packageVersion: '1.0.0',
    title: 'Blur',
    description: 'Blurs.',
    maintainer: { name: 'A', email: 'a@example.com' },
    timeout: 60,
    resources: { scalar: [{ name: 'cpus', value: 0.5 }] },
    interface: {
      command: 'blur ${IMAGE}',
      inputs: {
        files: [
          { name: 'IMAGE', multiple: true },
          { name: 'MASK', required: false },
        ],
        json: [{ name: 'RADIUS', type: 'number', required: false }],
      },
      settings: [{ name: 'MODE' }, { name: 'TOKEN', secret: true }],
    },
  };
  change(job);
  return loadManifest(JSON.stringify({ seedVersion: '1.0.0', job }), 'test').manifest;
};

const keyOf = (fill: number) => createSecretKey(Buffer.alloc(32, fill));
const sha = (digit: string) => digit.repeat(64);
const file = (name: string, digit: string): IdentityFile => ({ name, content: { sha256: sha(digit) } });

const base: IdentityRequest = {
  image: sha('f'),
  manifest: manifestOf(),
  settings: new Map([
    ['MODE', 'fast'],
    ['TOKEN', 'xyzzy'],
  ]),
  key: keyOf(1),
  json: new Map([['RADIUS', { value: 1.5, environment: '1.5' }]]),
  files: new Map([['IMAGE', [file('a.tif', 'a'), file('b.tif', 'b')]]]),
  resources: { cpus: 0.5, mem: 64 },
};
const idOf = (change: Partial<IdentityRequest> = {}) => identityOfJob({ ...base, ...change }).outputId;
const radius = (value: unknown, environment?: string) => new Map([['RADIUS', { value, environment }]]);
const images = (...files: IdentityFile[]) => new Map([['IMAGE', files]]);
const [a, b] = base.files.get('IMAGE') as [IdentityFile, IdentityFile];
const settings = (MODE: string, TOKEN: string) => new Map(Object.entries({ MODE, TOKEN }));
const mount = { name: 'M', source: '/srv/m', target: '/m', mode: 'ro' } as const;
const volume = { name: 'V', volume: 'v', driver: 'local', options: {}, target: '/v', mode: 'ro' } as const;
const madeLater = (outputId: string, output: string, position: number): IdentityFile => ({
  name: 'a.tif',
  content: { outputId, output, position },
});

describe('the identity of a job', () => {
  it('is the formula of the source document over its description, which says all of it', () => {
    const { description, outputId } = identityOfJob(base);
    const { inputs, ...spec } = description;
    expect(outputId).toBe(identityOf({ ...spec, inputs }));
    expect(description).toEqual({
      version: 1,
      image: sha('f'),
      manifest: expect.stringMatching(/^\{"job":\{"description":"Blurs\.",.*"seedVersion":"1\.0\.0"\}$/),
      command: 'blur ${IMAGE}',
      settings: { MODE: 'fast' },
      secrets: { TOKEN: expect.stringMatching(/^[0-9a-f]{64}$/) },
      json: { RADIUS: '1.5' },
      resources: { cpus: '0.5', mem: '64.0' },
      mounts: {},
      network: 'none',
      inputs: {
        IMAGE: [
          { name: 'a.tif', sha256: sha('a') },
          { name: 'b.tif', sha256: sha('b') },
        ],
      },
    });
    expect(bdecode(bencode(JSON.parse(JSON.stringify(description)) as typeof description))).toEqual(
      description,
    );
    expect(JSON.stringify(description)).not.toContain('xyzzy');
  });

  const seen: [string, Partial<IdentityRequest>][] = [
    ['the image', { image: sha('e') }],
    ['a member of the manifest', { manifest: manifestOf((job) => (job.timeout = 61)) }],
    [
      'the command',
      { manifest: manifestOf((job) => ((job.interface as Record<string, unknown>).command = 'blur -q')) },
    ],
    ['a setting', { settings: settings('slow', 'xyzzy') }],
    ['a setting that is not given', { settings: new Map([['TOKEN', 'xyzzy']]) }],
    ['a setting that is empty', { settings: settings('', 'xyzzy') }],
    ['a secret setting', { settings: settings('fast', 'plugh') }],
    ['the key of secret settings', { key: keyOf(2) }],
    ['a JSON input', { json: radius(1.25, '1.25') }],
    ['a JSON input that is not given', { json: new Map() }],
    ['the kind of a JSON input', { json: radius('1.5', '1.5') }],
    ['the content of a file', { files: images(file('a.tif', 'c'), b) }],
    ['the name of a file', { files: images(file('A.tif', 'a'), b) }],
    ['one file more', { files: images(a, b, file('c.tif', 'c')) }],
    ['the order of files', { files: images(b, a) }],
    [
      'the input of a file',
      {
        files: new Map([
          ['IMAGE', [b]],
          ['MASK', [a]],
        ]),
      },
    ],
    ['what is said of a file', { files: images({ ...a, about: { media_type: 'image/tiff' } }, b) }],
    ['a file that is not made yet', { files: images(madeLater(sha('a'), 'OUT', 0), b) }],
    ['which job makes it', { files: images(madeLater(sha('b'), 'OUT', 0), b) }],
    ['which output it is', { files: images(madeLater(sha('a'), 'OTHER', 0), b) }],
    ['which file of the output', { files: images(madeLater(sha('a'), 'OUT', 1), b) }],
    ['an amount', { resources: { cpus: 0.5, mem: 65 } }],
    ['a mount', { mounts: [mount] }],
    ['what is mounted', { mounts: [{ ...mount, source: '/srv/n' }] }],
    ['how it is mounted', { mounts: [{ ...mount, mode: 'rw' }] }],
    ['a volume', { volumes: [volume] }],
    ['the options of a volume', { volumes: [{ ...volume, options: { type: 'nfs' } }] }],
    ['the network', { network: 'bridge' }],
  ];

  it.each(seen)('changes with what the job can see: %s', (_, change) => {
    expect(idOf(change)).not.toBe(idOf());
  });

  it('tells all of these from each other', () => {
    expect(new Set(seen.map(([, change]) => idOf(change))).size).toBe(seen.length);
  });

  it.each<[string, Partial<IdentityRequest>]>([
    [
      'defaults of the manifest that are spelled out, and the order of its members',
      {
        manifest: manifestOf((job) => {
          const first = job.name;
          delete job.name;
          Object.assign(job, { errors: [], tags: [], name: first });
        }),
      },
    ],
    ['settings that the manifest does not declare', { settings: new Map([...base.settings, ['NO', 'x']]) }],
    ['the order in which settings are given', { settings: new Map([...base.settings].reverse()) }],
    ['how a number is written', { json: radius(1.5, ' 15.0e-1 ') }],
    ['inputs without files', { files: new Map([...base.files, ['MASK', []]]) }],
    ['what is not said of a file', { files: images({ ...a, about: {} }, b) }],
    ['the order of amounts', { resources: { mem: 64, cpus: 0.5 } }],
    ['noise of binary fractions', { resources: { cpus: 0.1 + 0.4 + 1e-17, mem: 64.00000000000001 } }],
  ])('does not change with %s', (_, change) => {
    expect(idOf(change)).toBe(idOf());
  });

  it('does not change with the order of members of a JSON input, and changes with each of its values', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, one]) => [key, reversed(one)]),
      );
    };
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    fc.assert(
      fc.property(object, object, (one, other) => {
        const id = idOf({ json: radius(one, JSON.stringify(one)) });
        expect(idOf({ json: radius(reversed(one), JSON.stringify(reversed(one), null, 2)) })).toBe(id);
        const same = changesBetween(jsonOf(one), jsonOf(other)).length === 0;
        expect(idOf({ json: radius(other, JSON.stringify(other)) }) === id).toBe(same);
      }),
    );
    function jsonOf(value: unknown): unknown {
      return JSON.parse(JSON.stringify(value));
    }
  });

  it('tells numbers apart that a double does not, since the job reads their text', () => {
    const idOfText = (text: string) => idOf({ json: radius(JSON.parse(text), text) });
    expect(idOfText('12345678901234567891')).not.toBe(idOfText('12345678901234567892'));
    expect(idOfText('["12345678901234567891", 0.1]')).toBe(idOfText('["12345678901234567891",1e-1]'));
    expect(idOfText('{"a": 1E2, "b": 0.0}')).toBe(idOfText('{"b":0,"a":100}'));
  });

  it('is that of what a file is, not of where it lies or who made it', () => {
    const row = {
      id: 7,
      workspace: { id: 1, name: 'here' },
      file_path: 'x/a.tif',
      created: '2026-01-01T00:00:00Z',
      job: { id: 3 },
      media_type: 'image/tiff',
      data_type_tags: [],
      data_started: '2025-01-01T00:00:00Z',
      data_ended: null,
      geometry: null,
      countries: ['FRA'],
      meta_data: {},
    } as unknown as ScaleFile;
    expect(describedFile(row)).toEqual({
      media_type: 'image/tiff',
      data_started: '2025-01-01T00:00:00Z',
      countries: ['FRA'],
    });
  });
});
