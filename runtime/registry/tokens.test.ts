import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestRegistry, type TestRegistry } from '../../test/support/registry.ts';
import { startTestServer, type Reply, type TestServer } from '../../test/support/registry-server.ts';
import { accessOf, registryToken } from '../../test/support/registry-token.ts';
import { openRegistry, type RegistryLogin } from './index.ts';

const service = 'seedbed tests';
const issuer = 'seedbed-test-issuer';
const login = { username: 'seeder', password: 'secret' };
const identity = { identitytoken: 'refresh-me' };
const basic = `Basic ${Buffer.from('seeder:secret').toString('base64')}`;

/** A token service that knows one login, and lets everybody pull what is in `public/`. */
let tokens: TestServer;
let server: TestRegistry;
let lifetime: number;
let reply: ((scope: string) => Reply) | undefined;

beforeAll(async () => {
  tokens = await startTestServer(({ method, path, headers, body }) => {
    const query = new URL(path, 'http://x').searchParams;
    const isKnown =
      method === 'POST' ? body.includes('refresh_token=refresh-me') : headers.authorization === basic;
    const scope = (method === 'POST' ? new URLSearchParams(body) : query).get('scope') ?? '';
    if (reply) return reply(scope);
    if (!isKnown && (headers.authorization || method === 'POST'))
      return { status: 401, body: { errors: [{ code: 'UNAUTHORIZED', message: 'who is that?' }] } };
    const access = isKnown || scope.startsWith('repository:public/') ? [accessOf(scope)] : [];
    const token = registryToken(issuer, service, access);
    return { body: { [method === 'POST' ? 'access_token' : 'token']: token, expires_in: lifetime } };
  });
  server = await startTestRegistry({
    deletion: true,
    token: { realm: `${tokens.url}/token`, service, issuer },
  });
  await server.putImage('public/image', '1', { labels: { a: 'public' } });
  await server.putImage('private/image', '1', { labels: { a: 'private' } });
});
afterAll(async () => {
  await server.stop();
  await tokens.stop();
});

/** Runs `use` on a registry of its own; what the token service is asked begins anew. */
async function withRegistry<T>(
  given: RegistryLogin | undefined,
  use: (registry: ReturnType<typeof openRegistry>) => Promise<T>,
): Promise<T> {
  tokens.received.length = 0;
  lifetime = 300;
  reply = undefined;
  const registry = openRegistry(server.host, { login: given, backoff: [] });
  try {
    return await use(registry);
  } finally {
    registry.close();
  }
}

describe('a registry with tokens', () => {
  it('is read without a login where it lets everybody', async () => {
    await withRegistry(undefined, async (registry) => {
      expect(await registry.image('public/image', '1')).toMatchObject({ labels: { a: 'public' } });
      await expect(registry.image('private/image', '1')).rejects.toMatchObject({
        error: 'registry-login-needed',
      });
    });
    expect(tokens.received.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it.each([login, identity])('takes %p, and one token for each scope', async (given) => {
    const scopes = await withRegistry(given, async (registry) => {
      const names: string[] = [];
      for await (const name of registry.repositories()) names.push(name);
      expect(names).toEqual(['private/image', 'public/image']);
      const image = () => registry.image('private/image', '1');
      expect(await image()).toMatchObject({ labels: { a: 'private' } });
      await Promise.all([image(), image(), registry.tags('private/image')]);
      return tokens.received.map(({ path, body }) =>
        (body ? new URLSearchParams(body) : new URL(path, 'http://x').searchParams).get('scope'),
      );
    });
    expect(scopes).toEqual(['registry:catalog:*', 'repository:private/image:pull']);
  });

  it('removes', async () => {
    await server.putImage('private/removed', '1', { labels: { only: 'this' } });
    await withRegistry(login, async (registry) => {
      await registry.remove('private/removed', '1');
      expect(await registry.digest('private/removed', '1')).toBeUndefined();
    });
  });

  it('gets a new token for one that has run out, and for one that is refused', async () => {
    await withRegistry(login, async (registry) => {
      lifetime = 0;
      await registry.tags('private/image');
      await registry.tags('private/image');
      expect(tokens.received).toHaveLength(2);
    });
    await withRegistry(login, async (registry) => {
      reply = () => ({ body: { token: 'stale', expires_in: 300 } });
      await expect(registry.tags('private/image')).rejects.toMatchObject({ error: 'registry-login-refused' });
      reply = undefined;
      expect(await registry.tags('private/image')).toEqual(['1']);
    });
  });

  it.each([
    [{ ...login, password: 'wrong' }, 'seeder'],
    [{ identitytoken: 'wrong' }, 'the stored login'],
  ])('refuses %p', async (given, user) => {
    await withRegistry(given, async (registry) => {
      await expect(registry.tags('public/image')).rejects.toMatchObject({
        error: 'registry-login-refused',
        parameters: { user, reason: 'HTTP 401 (who is that?)' },
      });
    });
  });

  it.each<[string, Reply]>([
    ['a web page', { body: '<html>' }],
    ['no token', { body: { expires_in: 1 } }],
    ['a token that is none', { body: { token: 'a\r\nb' } }],
  ])('names a service that gives %s', async (_, answer) => {
    await withRegistry(login, async (registry) => {
      reply = () => answer;
      await expect(registry.tags('public/image')).rejects.toMatchObject({ error: 'registry-answer-invalid' });
    });
  });
});

describe('a login', () => {
  it('does not go to a token service where others could read it', async () => {
    const challenge = `Bearer realm="http://tokens.example/",service="s"`;
    const registry = await startTestServer(() => ({
      status: 401,
      headers: { 'www-authenticate': challenge },
    }));
    try {
      const opened = openRegistry(registry.host, { login, backoff: [] });
      await expect(opened.tags('a/b')).rejects.toMatchObject({ error: 'registry-login-unsafe' });
      opened.close();
    } finally {
      await registry.stop();
    }
  });

  it('does not follow a redirect of the token service to another host', async () => {
    const other = await startTestServer(() => ({ body: { token: 'x' } }));
    const first = await startTestServer(() => ({ status: 307, headers: { location: `${other.url}/token` } }));
    const challenge = `Bearer realm="${first.url}/token",service="s"`;
    const registry = await startTestServer(({ headers }) =>
      headers.authorization
        ? { body: { tags: ['1'] } }
        : { status: 401, headers: { 'www-authenticate': challenge } },
    );
    try {
      const opened = openRegistry(registry.host, { login, backoff: [] });
      expect(await opened.tags('a/b')).toEqual(['1']);
      opened.close();
      expect(first.received[0]!.headers.authorization).toBe(basic);
      expect(other.received[0]!.headers.authorization).toBeUndefined();
    } finally {
      for (const each of [registry, first, other]) await each.stop();
    }
  });

  it('is given also where only some paths ask for it', async () => {
    const registry = await startTestServer(({ path, headers }) => {
      if (path === '/v2/' || headers.authorization === basic) return { body: { tags: ['1'] } };
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="some"' } };
    });
    try {
      const opened = openRegistry(registry.host, { login, backoff: [] });
      expect(await opened.tags('a/b')).toEqual(['1']);
      opened.close();
    } finally {
      await registry.stop();
    }
  });

  it('is not tried in a way that Seedbed does not speak', async () => {
    const headers = { 'www-authenticate': 'Negotiate' };
    const registry = await startTestServer(() => ({ status: 401, headers }));
    try {
      const opened = openRegistry(registry.host, { login, backoff: [] });
      await expect(opened.tags('a/b')).rejects.toMatchObject({
        error: 'registry-error',
        message: expect.stringContaining('negotiate'),
      });
      opened.close();
    } finally {
      await registry.stop();
    }
  });
});
