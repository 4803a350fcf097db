import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testManifest } from '../../test/support/manifest.ts';
import { readConfig } from '../config/index.ts';
import { harvest } from './harvest.ts';
import { packedAtOnce, PackedList } from '../workspace/index.ts';
import { readSidecars } from './sidecars.ts';

let output: string;
const { limits } = readConfig({});

beforeEach(async () => {
  output = path.join(await mkdtemp(path.join(tmpdir(), 'seedbed-test-')), 'output');
  await mkdir(output);
});
afterEach(async () => {
  await rm(path.dirname(output), { recursive: true });
});

async function put(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(output, name)), { recursive: true });
    await writeFile(path.join(output, name), content);
  }
}

const withOutputs = (files: object[], json: object[] = [], inputs: object[] = []) =>
  testManifest({ interface: { inputs: { files: inputs }, outputs: { files, json } } });
const many = (pattern: string, more = {}) => ({
  name: 'OUT',
  pattern,
  multiple: true,
  required: false,
  ...more,
});
const captured = async (pattern: string) =>
  [...(await harvest(output, withOutputs([many(pattern)]), 0, limits)).files].map(
    (file) => file.relativePath,
  );

describe('harvest', () => {
  it.each([
    ['*.png', ['a.png', 'b.png']],
    ['?.png', ['a.png', 'b.png']],
    ['[b-c].png', ['b.png']],
    ['[!b].png', ['a.png']],
    ['tiles/*.png', ['tiles/t1.png', 'tiles/t2.png']],
    ['*/t1.png', ['tiles/t1.png']],
    ['./a.png', ['a.png']],
    ['**/*.png', ['tiles/t1.png', 'tiles/t2.png']],
    ['*', ['a.png', 'b.png', 'c.TXT']],
    ['.hidden', ['.hidden']],
    ['*.txt', []],
  ])('matches %s', async (pattern, expected) => {
    await put({
      'a.png': '1',
      'b.png': '2',
      'c.TXT': '3',
      '.hidden': '4',
      'tiles/t1.png': '5',
      'tiles/t2.png': '6',
      'tiles/deep/t3.png': '7',
      'a.png.metadata.json': '{}',
      'seed.outputs.json': '{}',
    });
    expect(await captured(pattern)).toEqual(expected);
  });

  it('measures each file and keeps odd names', async () => {
    const name = 'a b\n"c":é.bin';
    await put({ [name]: 'content', 'empty.bin': '' });
    const { files } = await harvest(output, withOutputs([many('*.bin', { mediaType: 'x/y' })]), 0, limits);
    const sha = (text: string) => createHash('sha256').update(text).digest('hex');
    expect([...files]).toEqual([
      { outputs: ['OUT'], relativePath: name, size: 7, sha256: sha('content'), mediaType: 'x/y' },
      { outputs: ['OUT'], relativePath: 'empty.bin', size: 0, sha256: sha(''), mediaType: 'x/y' },
    ]);
  });

  it('never captures directories, pipes, or links that leave OUTPUT_DIR, and says so', async () => {
    await put({ 'real.dat': 'x', 'dir.dat/inner': 'y' });
    await writeFile(path.join(path.dirname(output), 'secret.dat'), 'outside');
    await symlink('../secret.dat', path.join(output, 'up.dat'));
    await symlink('/etc/hostname', path.join(output, 'abs.dat'));
    await symlink('nowhere', path.join(output, 'gone.dat'));
    await symlink('loop.dat', path.join(output, 'loop.dat'));
    execFileSync('mkfifo', [path.join(output, 'pipe.dat')]);
    const { files, warnings } = await harvest(output, withOutputs([many('*.dat')]), 0, limits);
    expect([...files].map((file) => file.relativePath)).toEqual(['real.dat']);
    const said = warnings.map(({ description }) => description).join('\n');
    for (const name of ['dir.dat', 'up.dat', 'abs.dat', 'gone.dat', 'loop.dat', 'pipe.dat'])
      expect(said).toContain(name);
  });

  it('captures what a link inside OUTPUT_DIR leads to, as a file of its own', async () => {
    await put({ 'real.txt': 'content' });
    await symlink('real.txt', path.join(output, 'relative.dat'));
    await symlink('/scale/output_data/real.txt', path.join(output, 'container.dat'));
    const { files } = await harvest(output, withOutputs([many('*.dat')]), 0, limits);
    expect([...files].map(({ relativePath, size }) => [relativePath, size])).toEqual([
      ['container.dat', 7],
      ['relative.dat', 7],
    ]);
    for (const { relativePath } of files)
      expect((await stat(path.join(output, relativePath))).isFile()).toBe(true);
  });

  it('strips set-uid and set-gid bits', async () => {
    await put({ tool: '#!' });
    await chmod(path.join(output, 'tool'), 0o6755);
    await harvest(output, withOutputs([many('*')]), 0, limits);
    expect((await stat(path.join(output, 'tool'))).mode & 0o7777).toBe(0o755);
  });

  it('enforces required and multiple, by name', async () => {
    await put({ 'a.png': '1', 'b.png': '2' });
    const single = (more: object) => withOutputs([{ name: 'OUT', pattern: '*.png', ...more }]);
    await expect(harvest(output, single({}), 0, limits)).rejects.toMatchObject({
      error: 'unexpected-multiple-outputs',
    });
    await expect(harvest(output, single({ pattern: '*.tif' }), 0, limits)).rejects.toMatchObject({
      error: 'missing-required-output',
    });
    expect([
      ...(await harvest(output, single({ pattern: '*.tif', required: false }), 0, limits)).files,
    ]).toEqual([]);
    expect((await harvest(output, single({ pattern: 'a.*', multiple: true }), 0, limits)).files).toHaveLength(
      1,
    );
  });

  it('gives a file to every output that matches it, the last one last', async () => {
    await put({ 'a.png': '1' });
    const manifest = withOutputs([many('*.png', { name: 'FIRST' }), many('a*', { name: 'SECOND' })]);
    expect([...(await harvest(output, manifest, 0, limits)).files][0]!.outputs).toEqual(['FIRST', 'SECOND']);
  });

  it('sorts files by the first output that they match, then by path', async () => {
    await put({ 'a.txt': '1', 'b.png': '2', 'c.txt': '3', 'd.png': '4', 'sub.png/x': '5', 'sub.txt/x': '6' });
    const manifest = withOutputs([many('[bc]*', { name: 'B' }), many('*.png', { name: 'P' }), many('*.txt')]);
    const { files, warnings } = await harvest(output, manifest, 0, limits);
    expect([...files].map(({ relativePath }) => relativePath)).toEqual(['b.png', 'c.txt', 'd.png', 'a.txt']);
    expect(warnings.map(({ description }) => description.split(' ', 1)[0])).toEqual([
      'sub.png',
      'sub.txt',
      'No',
    ]);
  });

  it('says what matches no output, and when the disk was overrun', async () => {
    await put({ 'left.over': 'x'.repeat(2 ** 20 + 1) });
    const { warnings } = await harvest(output, withOutputs([many('*.png')]), 1, limits);
    expect(warnings.map(({ name }) => name)).toEqual(['uncaptured-files', 'disk-overrun']);
    expect(warnings[0]!.description).toContain('left.over');
  });

  it('names a few of very many files that match no output, or too many', async () => {
    await put(Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`f${n}`, ''])));
    const few = '"f1", "f2", "f3", "f4", "f5" and 2 more';
    const { warnings } = await harvest(output, withOutputs([]), 0, limits);
    expect(warnings[0]!.description).toContain(few);
    await expect(harvest(output, withOutputs([{ name: 'OUT', pattern: '*' }]), 0, limits)).rejects.toThrow(
      few,
    );
  });

  it('stops at the documented number of files', async () => {
    await put({ a: '', b: '', 'c/d': '' });
    await expect(harvest(output, withOutputs([]), 0, { ...limits, outputFiles: 3 })).rejects.toMatchObject({
      error: 'too-many-outputs',
    });
    await expect(harvest(output, withOutputs([]), 0, { ...limits, outputFiles: 4 })).resolves.toBeDefined();
  });

  it('names an output whose name is not UTF-8', async () => {
    execFileSync('sh', ['-c', `touch "$(printf 'bad\\377.png')"`], { cwd: output });
    await expect(harvest(output, withOutputs([many('*.png')]), 0, limits)).rejects.toMatchObject({
      error: 'unreadable-output',
    });
  });
});

describe('seed.outputs.json', () => {
  const manifest = withOutputs([], [{ name: 'count', key: 'cellCount', type: 'integer' }]);
  const read = async (change = {}) => (await harvest(output, manifest, 0, { ...limits, ...change })).json;

  it('gives its values by output', async () => {
    await put({ 'seed.outputs.json': '{"cellCount": 5, "other": true}' });
    expect(await read()).toEqual({ count: 5 });
  });

  it.each([
    ['not JSON', '{"cellCount": }', 'invalid-results-manifest'],
    ['a wrong type', '{"cellCount": "5"}', 'invalid-results-manifest'],
    ['the wrong case', '{"cellcount": 5}', 'missing-required-output'],
    ['deep nesting', `{"cellCount": ${'['.repeat(100_000)}`, 'invalid-results-manifest'],
    ['too many bytes', `{"cellCount": 5${' '.repeat(2 ** 20)}}`, 'invalid-results-manifest'],
  ])('names %s', async (_, text, error) => {
    await put({ 'seed.outputs.json': text });
    await expect(read({ jsonMiB: 1 })).rejects.toMatchObject({ error });
  });

  it('is never read through a link out of OUTPUT_DIR', async () => {
    await symlink('/etc/hostname', path.join(output, 'seed.outputs.json'));
    await expect(read()).rejects.toMatchObject({ error: 'invalid-results-manifest' });
  });
});

describe('readSidecars', () => {
  const feature = (properties: object) => JSON.stringify({ type: 'Feature', geometry: null, properties });
  const read = async (files: Record<string, string>, inputs: object[] = [], change = {}) => {
    await put(files);
    const manifest = withOutputs([many('*.png')], [], inputs);
    return readSidecars(await harvest(output, manifest, 0, limits), manifest, { ...limits, ...change });
  };

  it('gives each of very many products its own sidecar, in order, and holds them packed', async () => {
    const numbers = Array.from({ length: packedAtOnce + 5 }, (_, n) => 1000 + n);
    const all = numbers.flatMap((n) => [
      [`${n}.png`, '1'],
      [`${n}.png.metadata.json`, feature({ n })],
    ]);
    const { files } = await read(Object.fromEntries(all) as Record<string, string>);
    expect(files).toBeInstanceOf(PackedList);
    expect([...files].map(({ relativePath, metadata }) => [relativePath, metadata?.metaData])).toEqual(
      numbers.map((n) => [`${n}.png`, { n }]),
    );
  });

  it('describes products and inputs, and says which sidecars describe nothing', async () => {
    const described = await read(
      {
        'a.png': '1',
        'b.png': '2',
        'a.png.metadata.json': feature({ colour: 'red', dataTypes: ['x'] }),
        'SINGLE.metadata.json': feature({ parsed: true }),
        'MANY.metadata.json': feature({}),
        'ghost.png.metadata.json': feature({}),
      },
      [{ name: 'SINGLE' }, { name: 'MANY', multiple: true }],
    );
    expect([...described.files].map(({ metadata }) => metadata?.metaData)).toEqual([
      { colour: 'red' },
      undefined,
    ]);
    expect([...described.parsedInputs.keys()]).toEqual(['SINGLE']);
    expect(described.warnings.map(({ description }) => description)).toEqual([
      expect.stringContaining('MANY.metadata.json'),
      expect.stringContaining('ghost.png'),
    ]);
  });

  it.each([
    ['no GeoJSON', '{"a": 1}', {}],
    ['no JSON', '{', {}],
    ['a NUL that the database cannot hold', feature({ text: '\0' }), {}],
    ['a time without offset', feature({ dataStarted: '2019-10-14T00:00:00' }), {}],
    ['too large a file', feature({ text: 'x'.repeat(2 ** 20) }), { jsonMiB: 1 }],
    ['too much altogether', feature({ text: 'x'.repeat(2 ** 20) }), { sidecarsMiB: 1 }],
    [
      'deep nesting',
      `{"type":"Feature","geometry":null,"properties":{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
      {},
    ],
  ])('fails the job for %s', async (_, text, change) => {
    const reading = read({ 'a.png': '1', 'a.png.metadata.json': text }, [], change);
    await expect(reading).rejects.toMatchObject({
      error: 'invalid-metadata',
      message: expect.stringContaining('a.png.metadata.json'),
    });
  });
});
