import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loginFor } from '../index.ts';
import { loginsFor } from './build-images.ts';
import { allCredentials, credentialsFor } from './credentials.ts';
import { registryOf } from './registry-address.ts';

describe('credentials', () => {
  let directory: string;
  beforeEach(async () => (directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-login-'))));
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const store = (content: unknown) => writeFile(path.join(directory, 'config.json'), JSON.stringify(content));
  const encoded = (text: string) => Buffer.from(text).toString('base64');

  it.each([
    ['name', 'https://index.docker.io/v1/'],
    ['user/name:1', 'https://index.docker.io/v1/'],
    ['localhost/name', 'localhost'],
    ['host:5000/a/b@sha256:00', 'host:5000'],
    ['registry.example/name', 'registry.example'],
    ['docker.io/user/name', 'https://index.docker.io/v1/'],
  ])('belong to the registry of %s: %s', (reference, registry) => {
    expect(registryOf(reference)).toBe(registry);
  });

  it('are read from config.json, a colon in the password too', async () => {
    await store({
      auths: { 'host:5000': { auth: encoded('me:pass:word') }, other: { identitytoken: 'token' }, bad: {} },
    });
    expect(await credentialsFor(directory, 'host:5000/x')).toEqual({
      username: 'me',
      password: 'pass:word',
      serveraddress: 'host:5000',
    });
    expect(await credentialsFor(directory, 'unknown.example/x')).toBeUndefined();
    expect(Object.keys(await allCredentials(directory))).toEqual(['host:5000', 'other']);
  });

  it('are asked of the helper that config.json names', async () => {
    const program = path.join(directory, 'docker-credential-seedbedtest');
    await writeFile(
      program,
      '#!/bin/sh\nread server\nprintf \'{"Username":"u","Secret":"%s %s"}\' "$1" "$server"\n',
    );
    await chmod(program, 0o755);
    const before = process.env.PATH;
    process.env.PATH = `${directory}:${before}`;
    try {
      await store({ credHelpers: { 'host.example': 'seedbedtest' } });
      expect(await credentialsFor(directory, 'host.example/x')).toMatchObject({
        username: 'u',
        password: 'get host.example',
      });
      await store({ credsStore: 'seedbed-absent', auths: { 'host.example': { auth: encoded('a:b') } } });
      expect(await credentialsFor(directory, 'host.example/x')).toMatchObject({ username: 'a' });
    } finally {
      process.env.PATH = before;
    }
  });

  it('are those that are given, before those that are stored', async () => {
    await store({ auths: { 'host:5000': { auth: encoded('me:stored') } } });
    expect(await credentialsFor(directory, 'host:5000/x', { username: 'u', password: 'given' })).toEqual({
      username: 'u',
      password: 'given',
      serveraddress: 'host:5000',
    });
  });

  it.each([
    ['host.example', 'host.example'],
    ['https://host.example', 'host.example'],
    ['host.example', 'https://host.example/v1/'],
    ['http://Host.example/v2', 'https://host.example'],
    ['host.example/group/name:1', 'https://host.example'],
    ['localhost:5000', 'localhost:5000'],
    ['docker.io', 'https://index.docker.io/v1/'],
    ['https://hub.docker.com/v2', 'https://index.docker.io/v1/'],
    ['user/name', 'https://index.docker.io/v1/'],
  ])('of %s are found where they are stored under %s', async (registry, stored) => {
    await store({ auths: { other: { auth: encoded('x:y') }, [stored]: { auth: encoded('me:secret') } } });
    const env = { DOCKER_CONFIG: directory };
    expect(await loginFor(registry, env)).toEqual({ username: 'me', password: 'secret' });
    expect(await loginFor('elsewhere.example', env)).toBeUndefined();
  });

  it.each([
    [['python:3', 'a.example/x', 'b.example/y'], 'a.example'],
    [['python:3', 'name/x'], 'https://index.docker.io/v1/'],
    [['b.example/y'], 'b.example'],
  ])('for a build from %j go to %s, where they are given, and to no other', async (references, chosen) => {
    await store({ auths: { 'b.example': { auth: encoded('stored:b') } } });
    const logins = await loginsFor(directory, references, { username: 'given', password: 'x' });
    const names = Object.entries(logins).map(([registry, { username }]) => [registry, username]);
    const others = chosen === 'b.example' ? [] : [['b.example', 'stored']];
    expect(names.sort()).toEqual([[chosen, 'given'], ...others].sort());
  });

  it.each([[{ auth: 5 }], [{ identitytoken: {} }], ['text'], [null]])(
    'are none where the entry is %j',
    async (entry) => {
      await store({ auths: { 'host:5000': entry } });
      expect(await credentialsFor(directory, 'host:5000/x')).toBeUndefined();
    },
  );

  it('are none without a file', async () => {
    expect(await credentialsFor(directory, 'host.example/x')).toBeUndefined();
    expect(await allCredentials(directory)).toEqual({});
  });
});
