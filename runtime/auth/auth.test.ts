import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { carriesToken, knownToken, serviceToken } from './index.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'seedbed-auth-'));
});
afterEach(() => rm(home, { recursive: true }));

const at = (directory: string, token?: string) => ({ home: directory, service: { token } });

describe('serviceToken', () => {
  it('is made once, for its owner alone, and is the same for all who come at once', async () => {
    const place = path.join(home, 'new');
    expect(await knownToken(at(place))).toBeUndefined();
    const tokens = await Promise.all(Array.from({ length: 16 }, () => serviceToken(at(place))));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[\w-]{43}$/);
    expect((await stat(path.join(place, 'token'))).mode & 0o777).toBe(0o600);
    expect(await readdir(place)).toEqual(['token']);
    expect(await knownToken(at(place))).toBe(tokens[0]);
  });

  it('is that of SEED_TOKEN where there is one, and then nothing is written', async () => {
    expect(await serviceToken(at(home, 'sixteen-letters!'))).toBe('sixteen-letters!');
    expect(await readdir(home)).toEqual([]);
  });

  it.each([0o640, 0o604, 0o620, 0o602])('refuses a file of mode %o', async (mode) => {
    await serviceToken(at(home));
    await chmod(path.join(home, 'token'), mode);
    await expect(serviceToken(at(home))).rejects.toMatchObject({ error: 'token-unsafe' });
    await expect(knownToken(at(home))).rejects.toMatchObject({ error: 'token-unsafe' });
  });

  it('refuses what holds no token, and leaves it as it is', async () => {
    await writeFile(path.join(home, 'token'), 'short\n', { mode: 0o600 });
    await expect(serviceToken(at(home))).rejects.toMatchObject({ error: 'token-unsafe' });
    expect(await readFile(path.join(home, 'token'), 'utf8')).toBe('short\n');
  });

  it('reads through a link, as secrets are mounted, and judges the file behind it', async () => {
    await writeFile(path.join(home, 'secret'), `${'x'.repeat(20)}\n`, { mode: 0o600 });
    await symlink('secret', path.join(home, 'token'));
    expect(await serviceToken(at(home))).toBe('x'.repeat(20));
    await chmod(path.join(home, 'secret'), 0o644);
    await expect(serviceToken(at(home))).rejects.toMatchObject({ error: 'token-unsafe' });
  });

  it('says where it cannot be written', async () => {
    await expect(serviceToken(at('/dev/null/home'))).rejects.toMatchObject({ error: 'home-unusable' });
  });
});

describe('carriesToken', () => {
  const token = 'a-token-of-the-service';
  it.each([`Token ${token}`, `Bearer ${token}`, `bearer  ${token} `])('takes %j', (header) => {
    expect(carriesToken(header, token)).toBe(true);
  });

  it.each([
    undefined,
    '',
    token,
    'Token',
    `Token ${token}x`,
    `Token ${token.slice(1)}`,
    `Basic ${token}`,
    `Token ${token} ${token}`,
    `Token ${token.toUpperCase()}`,
  ])('refuses %j', (header) => {
    expect(carriesToken(header, token)).toBe(false);
  });
});
