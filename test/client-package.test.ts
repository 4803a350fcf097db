import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from './support/api.ts';

const root = path.join(import.meta.dirname, '..');
const run = promisify(execFile);

let api: TestApi;
withApi((started) => (api = started));

/** A project of somebody else, with the packed package. */
let project: string;
beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'seedbed-consumer-'));
  const packed = path.join(project, 'node_modules/seedbed');
  await mkdir(packed, { recursive: true });
  await mkdir(path.join(project, 'node_modules/@types'));
  await symlink(path.join(root, 'node_modules/@types/node'), path.join(project, 'node_modules/@types/node'));
  await symlink(
    path.join(root, 'node_modules/undici-types'),
    path.join(project, 'node_modules/undici-types'),
  );
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await run('tar', ['-xzf', path.join(project, filename), '-C', packed, '--strip-components', '1']);
  await writeFile(path.join(project, 'package.json'), '{ "name": "consumer", "type": "module" }');
  const options = {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    skipLibCheck: false,
    types: ['node'],
  };
  const compilerOptions = { ...options, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  await writeFile(path.join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
});
afterAll(() => rm(project, { recursive: true }));

/** @returns what the compiler says; empty: nothing is wrong */
async function compile(...args: string[]): Promise<string> {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const compiled = run(process.execPath, [tsc, ...args], { cwd: project });
  return compiled.then(
    ({ stdout }) => stdout,
    (failed: { stdout: string }) => failed.stdout,
  );
}

/** Each line that the next one makes an error must be one. */
const wrong = `
import { type Answer, type Body, Client } from 'seedbed/client';
const client = new Client({ url: 'http://127.0.0.1:1', token: 'x' });
// @ts-expect-error there is no such operation
void client.call('GET /no-such');
// @ts-expect-error the address has a part
void client.call('GET /jobs/{id}');
// @ts-expect-error which is a number
void client.call('GET /jobs/{id}', { path: { id: 'x' } });
// @ts-expect-error there is no such parameter
void client.call('GET /jobs', { query: { no_such: 1 } });
// @ts-expect-error nor such a status
void client.call('GET /jobs', { query: { status: ['LOST'] } });
// @ts-expect-error a body is needed
void client.call('POST /jobs');
// @ts-expect-error of other members
const body: Body<'POST /jobs'> = { no_such: 1 };
// @ts-expect-error this lists nothing
void client.rows('GET /version');
// @ts-expect-error nothing has that name in it
export const id = (job: Answer<'GET /jobs/{id}'>): number => job.no_such + Object.keys(body).length;
`;

describe('seedbed/client', () => {
  it('compiles and works in a project of somebody else, as the documentation shows it', async () => {
    const page = await readFile(path.join(root, 'docs/client.md'), 'utf8');
    await writeFile(path.join(project, 'example.ts'), /```ts\n([^]*?)```/.exec(page)![1]!);
    await writeFile(path.join(project, 'wrong.ts'), wrong);
    await writeFile(path.join(project, 'scene.txt'), 'a scene\n');
    expect(await compile()).toBe('');
    const env = { ...process.env, SEED_URL: `http://127.0.0.1:${api.port}`, SEED_TOKEN: api.token };
    const { stdout } = await run(process.execPath, ['example.js'], { cwd: project, env });
    expect(stdout.split('\n')).toEqual([
      'scene.txt has 8 bytes',
      'string',
      'text/plain',
      'scene.txt false',
      expect.stringMatching(/^SB\d{4} .*job 987654/i),
      'true',
      '',
    ]);
    expect(await readFile(path.join(project, 'copy.txt'), 'utf8')).toBe('a scene\n');
  });
});
