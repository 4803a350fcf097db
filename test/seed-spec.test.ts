import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { changed, completeManifest } from '../runtime/manifest/complete-manifest.fixture.ts';
import { judgeManifest, loadManifest } from '../runtime/manifest/index.ts';
import { manifestSchema } from '../seed-schema/index.ts';
import { beyondEntries } from '../seed-schema/spec/beyond-notes.ts';
import { type SpecEntry, specEntries } from '../seed-schema/spec/entries.ts';
import { findEntries } from '../seed-schema/spec/find.ts';
import { type Ended, startCommand } from './support/cli.ts';

interface Schema {
  readonly items?: Schema;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Every property of a schema, by its path as entries have it. */
function propertiesOf({ properties = {}, required = [] }: Schema, prefix = ''): [string, Schema, boolean][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const own = `${prefix}${name}`;
    const inner = schema.items ? propertiesOf(schema.items, `${own}[].`) : propertiesOf(schema, `${own}.`);
    return [[own, schema, required.includes(name)], ...inner];
  });
}

const entries = specEntries();
const fields = entries.filter(({ group }) => group === 'manifest');
const properties = propertiesOf(manifestSchema as Schema);

/** A manifest in which every list has one item, and only what is required is there. */
const scanty = {
  ...completeManifest,
  job: {
    ...completeManifest.job,
    tags: undefined,
    interface: {
      inputs: { files: [{ name: 'A' }], json: [{ name: 'B', type: 'string' }] },
      outputs: { files: [{ name: 'C', pattern: '*' }], json: [{ name: 'D', type: 'string' }] },
      mounts: [{ name: 'E', path: '/e' }],
      settings: [{ name: 'F' }],
    },
    resources: { scalar: [{ name: 'mem', value: 1 }] },
    errors: [{ code: 1, name: 'G' }],
  },
};

/** What is at a path of a manifest, its lists' first items taken. */
function at(document: unknown, name: string): unknown {
  return name
    .split(/\.|\[\]\.?/)
    .filter(Boolean)
    .reduce<unknown>((value, key) => {
      const one: unknown = Array.isArray(value) ? value[0] : value;
      return (one as Record<string, unknown> | undefined)?.[key];
    }, document);
}

describe('what seed spec knows', () => {
  it('is every property of the schema, required where it is', () => {
    expect(fields.map(({ name, required }) => [name, required])).toEqual(
      properties.map(([name, , required]) => [name, required]),
    );
    expect(fields.length).toBeGreaterThan(55);
  });

  it.each(fields.filter(({ required }) => !required).map((entry) => [entry.name, entry] as const))(
    '%s: its default is what a job gets',
    (name, entry) => {
      const document: unknown = JSON.parse(JSON.stringify(scanty));
      const bare = changed(name.replaceAll('[]', '[0]'), undefined, document as object);
      const { manifest } = loadManifest(JSON.stringify(bare), 'x');
      const given = at(manifest, name);
      // A default that is no value is said in words: of a command, a media type and a key, which is the name.
      const inWords = entry.otherwise !== undefined && (given === undefined || given === 'D');
      expect(entry.default).toEqual(inWords ? undefined : given);
    },
  );

  it.each(fields.map(({ name, example }) => [name, example] as const))(
    '%s: its example is valid in a manifest',
    (name, example) => {
      const manifest = changed(name.replaceAll('[]', '[0]'), example);
      expect(judgeManifest(manifest).errors).toEqual([]);
    },
  );

  it('says what each is, once', () => {
    for (const { name, what, type, example } of entries)
      expect([name, /^[A-Z0-9].*\.$/s.test(what), type !== '', example !== undefined]).toEqual([
        name,
        true,
        true,
        true,
      ]);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });
});

describe('a name', () => {
  const names = (name: string) => findEntries(entries, name).map((entry: SpecEntry) => entry.name);
  const files = 'job.interface.inputs.files';

  it.each([
    ['interface.inputs.files', [files]],
    ['job.interface.inputs.files', [files]],
    ['Inputs.Files', [files]],
    ['interface.inputs.files[0].Pattern', []],
    ['outputs.files[].pattern', ['job.interface.outputs.files[].pattern']],
    ['pattern', ['job.interface.outputs.files[].pattern']],
    ['multiple', [`${files}[].multiple`, 'job.interface.outputs.files[].multiple']],
    ['job', ['job']],
    ['outputs.json', ['job.interface.outputs.json']],
    ['seed.outputs.json', ['seed.outputs.json']],
    ['metadata', ['<file>.metadata.json']],
    ['output_dir', ['OUTPUT_DIR']],
    ['ALLOCATED_MEM', ['ALLOCATED_<RESOURCE>']],
    ['label', ['com.ngageoint.seed.manifest']],
    ['dataStarted', ['<file>.metadata.json: properties.dataStarted']],
    ['iles', []],
    ['', []],
  ])('%s', (name, found) => {
    expect(names(name)).toEqual(found);
  });

  it('finds every entry, by its own name and by each other word', () => {
    for (const { name } of entries) expect(names(name)).toEqual([name]);
    for (const { name, also } of beyondEntries)
      for (const word of also) expect([word, ...names(word)]).toEqual([word, name]);
  });
});

describe('seed spec', () => {
  const spec = (...args: string[]): Promise<Ended> =>
    startCommand([process.execPath, path.join(import.meta.dirname, '../dist/seed.js'), 'spec', ...args], {
      env: { DOCKER_HOST: 'unix:///no/such', SEED_HOME: '/no/such' },
    }).ended;

  it('lists, explains, and names the nearest', async () => {
    const [all, one, several, none, json] = await Promise.all([
      spec(),
      spec('inputs.files'),
      spec('multiple'),
      spec('mulitple'),
      spec('job.interface.mounts.mode', '--format', 'json'),
    ]);
    expect(all).toMatchObject({ exit: 0, stderr: '' });
    expect(all.stdout).toMatch(
      /^The manifest.*\n {2}seedVersion +required .*\n {2}job .*\n {4}name +required /,
    );
    expect(all.stdout).toMatch(/\nThe job's environment\n {2}OUTPUT_DIR /);
    expect(all.stdout.trim().split('\n').length).toBeGreaterThan(entries.length);
    expect(one.stdout).toMatch(/^job\.interface\.inputs\.files\n\n {2}Files that the job reads.*/);
    expect(one.stdout).toMatch(/\n {2}type {6}array of objects\n {2}required {2}no\n {2}default {3}\[\]\n/);
    expect(one.stdout).toMatch(/\nFields\n {2}name +required +What the input is called\n/);
    expect(several.stdout).toMatch(
      /^multiple may be any of these.*\.inputs\.files\[\]\.multiple .*\.outputs\./s,
    );
    expect([none.exit, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toMatch(/nothing called "mulitple"; multiple is the nearest.*SB1050/);
    expect(JSON.parse(json.stdout)).toEqual({
      entries: [
        {
          name: 'job.interface.mounts[].mode',
          group: 'manifest',
          description: expect.any(String),
          type: 'string',
          required: false,
          default: 'ro',
          allowed: '"ro" or "rw"',
          example: 'rw',
          fields: [],
        },
      ],
    });
  });
});
