import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from './index.ts';

let directory: string;
const place = (name: string) => path.join(directory, name);
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-config-'));
  await writeFile(place('token'), 'a-token-of-the-service\n');
  await writeFile(place('password'), 'p@ss/wörd%2F:#?\n');
  await writeFile(place('url'), 'postgres://ada:pw@db/seedbed\n');
  await writeFile(place('empty'), '\n');
});
afterAll(() => rm(directory, { recursive: true }));

describe('a secret in a file', () => {
  it('is as good as one in the variable', () => {
    const config = readConfig({ SEED_TOKEN_FILE: place('token'), DATABASE_URL_FILE: place('url') });
    expect(config.service.token).toBe('a-token-of-the-service');
    expect(config.databaseUrl).toBe('postgres://ada:pw@db/seedbed');
  });

  it('completes the database URL, whatever characters it has', () => {
    const { databaseUrl } = readConfig({
      DATABASE_URL: 'postgres://ada@db:5433/seedbed?sslmode=require',
      DATABASE_PASSWORD_FILE: place('password'),
    });
    const url = new URL(databaseUrl!);
    expect(decodeURIComponent(url.password)).toBe('p@ss/wörd%2F:#?');
    url.password = '';
    expect(url.href).toBe('postgres://ada@db:5433/seedbed?sslmode=require');
  });

  it.each([
    [
      { SEED_TOKEN: 'a-token-of-the-service', SEED_TOKEN_FILE: 'token' },
      /SEED_TOKEN_FILE exclude each other/,
    ],
    [{ SEED_TOKEN_FILE: 'missing' }, /file \S+missing of .* SEED_TOKEN_FILE cannot be read/],
    [{ SEED_TOKEN_FILE: 'empty' }, /SEED_TOKEN_FILE is empty/],
    [{ SEED_TOKEN_FILE: 'password' }, /SEED_TOKEN must have 16(?!.*p@ss)/],
    [{ DATABASE_URL: 'postgres://ada:pw@db/s', DATABASE_PASSWORD_FILE: 'password' }, /exclude(?!.*pw)/],
    [{ DATABASE_URL: 'postgres://db/s', DATABASE_PASSWORD_FILE: 'password' }, /with user and host/],
    [{ DATABASE_PASSWORD_FILE: 'password' }, /takes a DATABASE_URL/],
  ])('refuses %j by name', (env, message) => {
    const placed = Object.entries(env).map(([name, value]) => [
      name,
      name.endsWith('_FILE') ? place(value) : value,
    ]);
    expect(() => readConfig(Object.fromEntries(placed) as NodeJS.ProcessEnv)).toThrow(message);
  });
});
