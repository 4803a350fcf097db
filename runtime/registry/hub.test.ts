import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../test/support/registry-server.ts';
import { sha256 } from '../../test/support/registry-token.ts';
import { findSeedImages, openRegistry, type Registry } from './index.ts';

const config = JSON.stringify({ config: { Labels: { manifest: '{}' } } });
const digest = sha256(config);

/** The paths of registry-1.docker.io, auth.docker.io and hub.docker.com. */
let server: TestServer;
let hub: Registry;
let next: (page: number) => string | null;

beforeAll(async () => {
  server = await startTestServer(({ path, headers }) => {
    const url = new URL(path, server.url);
    const page = Number(url.searchParams.get('page') ?? 1);
    if (url.pathname === '/v2/repositories/geoint/') {
      const results = [{ name: `job${page}-seed`, namespace: 'geoint' }, { name: `tool${page}` }];
      return { body: { count: 4, next: next(page), results } };
    }
    if (url.pathname.startsWith('/v2/repositories/'))
      return { status: 404, body: { message: 'object not found' } };
    const scope = url.searchParams.get('scope');
    if (url.pathname === '/token') return { body: { token: `for-${scope}` } };
    const name = /^\/v2\/(.+?)\/(?:tags|manifests|blobs)\//.exec(path)?.[1];
    if (headers.authorization !== `Bearer for-repository:${name}:pull`) {
      const challenge = `Bearer realm="${server.url}/token",service="registry.docker.io"`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    }
    if (path.includes('/tags/')) return { body: { name, tags: ['1.0'] } };
    if (path.includes('/blobs/')) return { body: config };
    const mediaType = 'application/vnd.docker.container.image.v1+json';
    return { body: { config: { mediaType, digest, size: 1 }, layers: [] } };
  });
  const where = { registry: server.url, index: server.url };
  hub = openRegistry('https://hub.docker.com/v2', { hub: where, backoff: [] });
});
afterAll(async () => {
  hub.close();
  await server.stop();
});

describe('Docker Hub', () => {
  it('lists the repositories of an organization, and reads images with tokens', async () => {
    next = (page) => (page < 2 ? `${server.url}/v2/repositories/geoint/?page=${page + 1}` : null);
    const found = [];
    for await (const each of findSeedImages(hub, { organization: 'geoint', label: 'manifest' }))
      found.push(
        'problem' in each ? each.problem : `${hub.host}/${each.repository}:${each.tag} ${each.manifest}`,
      );
    expect(found.sort()).toEqual([
      'docker.io/geoint/job1-seed:1.0 {}',
      'docker.io/geoint/job2-seed:1.0 {}',
      'docker.io/geoint/tool1:1.0 {}',
      'docker.io/geoint/tool2:1.0 {}',
    ]);
  });

  it('needs an organization for that, and has none that it does not know', async () => {
    const list = async (organization?: string) => {
      const all: string[] = [];
      for await (const name of hub.repositories({ organization })) all.push(name);
      return all;
    };
    await expect(list()).rejects.toMatchObject({ error: 'registry-organization-needed' });
    expect(await list('nobody')).toEqual([]);
  });

  it('keeps official images in `library`', async () => {
    expect(await hub.tags('alpine')).toEqual(['1.0']);
    expect(server.received.at(-1)!.path).toBe('/v2/library/alpine/tags/list');
  });

  it.each(['http://example.invalid/v2/repositories/geoint/?page=2', '?page_size=100'])(
    'is not followed to %s',
    async (address) => {
      next = () => address;
      const names = hub.repositories({ organization: 'geoint' })[Symbol.asyncIterator]();
      expect((await names.next()).value).toBe('geoint/job1-seed');
      await names.next();
      await expect(names.next()).rejects.toMatchObject({ error: 'registry-answer-invalid' });
    },
  );
});
