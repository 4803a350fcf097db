import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify, inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SeedbedError } from '../errors/index.ts';
import { loadSecretKey, secretKeyFile } from './index.ts';

const text = Buffer.alloc(32, 0xfb).toString('base64');
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-key-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const from = (given: { home?: string; secretKey?: string; secretKeyFile?: string }) =>
  loadSecretKey({
    home: path.join(directory, 'never'),
    secretKey: undefined,
    secretKeyFile: undefined,
    ...given,
  });

async function refusal(given: Parameters<typeof from>[0]): Promise<SeedbedError> {
  return from(given).then(
    () => Promise.reject(new Error('it was taken')),
    (thrown: unknown) => {
      if (thrown instanceof SeedbedError) return thrown;
      throw thrown;
    },
  );
}

async function keyFile(name: string, content: string, mode = 0o600): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

describe('loadSecretKey', () => {
  it('takes the key of the variable, of a file, or of SEED_HOME, and calls the same key the same', async () => {
    const home = path.join(directory, 'has-key');
    await mkdir(home);
    await keyFile('has-key/secret.key', `${text}\n`);
    const keys = await Promise.all([
      from({ secretKey: text }),
      from({ secretKey: text.replace('=', '') }),
      from({ secretKeyFile: await keyFile('mine', text) }),
      from({ home }),
    ]);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect(keys[0]!.id).toMatch(/^[0-9a-f]{16}$/);
    expect(keys[0]!.key.export()).toEqual(Buffer.alloc(32, 0xfb));
    expect((await from({ secretKey: Buffer.alloc(32, 1).toString('base64') })).id).not.toBe(keys[0]!.id);
    expect(await readdir(directory)).not.toContain('never');
  });

  it('makes one key when several processes need the first one at once', async () => {
    const home = path.join(directory, 'made', 'home');
    const program = `
      const { loadSecretKey } = await import(${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))});
      const { id } = await loadSecretKey({ home: ${JSON.stringify(home)} });
      console.log(id);`;
    const ids = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { stdout } = await promisify(execFile)(
          process.execPath,
          ['--import', 'tsx', '--input-type=module', '-e', program],
          { cwd: path.join(import.meta.dirname, '../..') },
        );
        return stdout.trim();
      }),
    );
    const file = secretKeyFile({ home, secretKeyFile: undefined });
    expect(new Set(ids)).toEqual(new Set([(await from({ home })).id]));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['secret.key']);
    expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toHaveLength(32);
  });

  it.each([
    ['', /not 32 bytes in base64/],
    [Buffer.alloc(31).toString('base64'), /not 32 bytes/],
    [`${text}${text}`, /not 32 bytes/],
    [`${text.slice(0, 20)}!${text.slice(20)}`, /not 32 bytes/],
  ])('refuses a file that holds %j', async (content, message) => {
    const refused = await refusal({ secretKeyFile: await keyFile('malformed', content) });
    expect(refused).toMatchObject({ error: 'secret-key-unusable', message: expect.stringMatching(message) });
  });

  it('refuses a malformed variable without showing it', async () => {
    const refused = await refusal({ secretKey: 'correct horse' });
    expect(refused.error).toBe('secret-key-unusable');
    expect(refused.sentence).toContain('SEED_SECRET_KEY');
    expect(refused.sentence).not.toContain('horse');
  });

  it.each([0o640, 0o604, 0o620])('refuses a file of mode %o, which others may use', async (mode) => {
    const refused = await refusal({ secretKeyFile: await keyFile('open', text, mode) });
    expect(refused).toMatchObject({
      error: 'secret-key-unusable',
      message: expect.stringContaining(`others may use it: its mode is ${mode.toString(8)}`),
    });
  });

  it('refuses a named file that is missing or a directory, and makes none', async () => {
    const missing = path.join(directory, 'missing');
    expect((await refusal({ secretKeyFile: missing })).message).toMatch(/no such file/);
    expect((await refusal({ secretKeyFile: directory })).message).toMatch(/not a regular file/);
    expect(await readdir(directory)).not.toContain('missing');
  });

  it('says so when SEED_HOME cannot be used', async () => {
    const home = path.join(await keyFile('file', 'no directory'), 'home');
    expect((await refusal({ home })).error).toBe('home-unusable');
  });

  it('shows no byte of the key when it is printed', async () => {
    const key = await from({ secretKey: text });
    const shown = inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key);
    expect(shown).not.toMatch(/fbfb|fb fb|251|-5,|\+\/v7/);
  });
});
