import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { certificate } from '../../test/support/registry-certificate.ts';
import { startTestRegistry, testLogin, type TestRegistry } from '../../test/support/registry.ts';
import { openRegistry, type Registry, type RegistryOptions } from './index.ts';

const fast = { backoff: [0, 0, 0] };
const opened: Registry[] = [];

function open(address: string, options: RegistryOptions = {}): Registry {
  const registry = openRegistry(address, { ...fast, ...options });
  opened.push(registry);
  return registry;
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}

const named = (error: string, message?: RegExp) =>
  expect.objectContaining({ error, ...(message && { message: expect.stringMatching(message) }) });

const servers: TestRegistry[] = [];
async function start(...options: Parameters<typeof startTestRegistry>): Promise<TestRegistry> {
  const server = await startTestRegistry(...options);
  servers.push(server);
  return server;
}

let server: TestRegistry;
beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  for (const registry of opened) registry.close();
  for (const each of servers) await each.stop();
});

describe('a registry', () => {
  it('lists repositories and tags, page after page, and those of an organization', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `list/r${index}`);
    for (const name of [...names, 'listed/other']) await server.putImage(name, '1');
    await server.putImage('list/r3', '2');
    const registry = open(server.host, { pageSize: 3 });
    expect(registry.host).toBe(server.host);
    expect(await collect(registry.repositories())).toEqual(
      expect.arrayContaining([...names, 'listed/other']),
    );
    expect(await collect(registry.repositories({ organization: 'list' }))).toEqual(names);
    expect((await registry.tags('list/r3')).sort()).toEqual(['1', '2']);
    expect(await registry.tags('list/absent')).toEqual([]);
  });

  it('lists them also where the page is larger than the registry allows', async () => {
    await server.putImage('large/page', '1');
    const registry = open(server.host, { pageSize: 5000 });
    expect(await collect(registry.repositories())).toContain('large/page');
  });

  it('says what an image is', async () => {
    const labels = { 'com.ngageoint.seed.manifest': '{"job": {}}', other: 'ü' };
    const digest = await server.putImage('say/image', '1.0', { labels });
    const registry = open(server.host);
    const image = await registry.image('say/image', '1.0');
    expect(image).toEqual({
      digest,
      id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      labels,
      size: expect.any(Number),
      created: '2024-05-06T07:08:09Z',
      architecture: 'amd64',
      os: 'linux',
    });
    expect(image!.size).toBeGreaterThan(100);
    expect(await registry.image('say/image', digest)).toEqual(image);
    expect(await registry.digest('say/image', '1.0')).toBe(digest);
    expect(await registry.image('say/image', '2.0')).toBeUndefined();
    expect(await registry.image('say/nothing', '1.0')).toBeUndefined();
    expect(await registry.digest('say/image', '2.0')).toBeUndefined();
  });

  it('chooses the image of an index that is for this processor', async () => {
    const architectures = ['s390x', 'amd64', 'arm64'];
    const images = architectures.map((architecture) => ({ architecture, labels: { for: architecture } }));
    const digest = await server.putList('index/all', '1', images);
    const here = { x64: 'amd64', arm64: 'arm64' }[process.arch as string] ?? 's390x';
    expect(await open(server.host).image('index/all', '1')).toMatchObject({
      digest,
      labels: { for: here },
      architecture: here,
    });
  });

  it('reads what is no container image as one without labels', async () => {
    const content = Buffer.from('name: chart');
    const mediaType = 'application/vnd.cncf.helm.config.v1+json';
    const config = { mediaType, size: content.length, digest: await server.putBlob('chart/x', content) };
    const type = 'application/vnd.oci.image.manifest.v1+json';
    const digest = await server.putManifest('chart/x', '1', {
      schemaVersion: 2,
      mediaType: type,
      config,
      layers: [],
    });
    expect(await open(server.host).image('chart/x', '1')).toEqual({ digest, id: null, labels: {}, size: 11 });
  });

  it.each(['../../etc', 'Upper/Case', 'a//b', 'a b', '_catalog', ''])('is not asked for %p', async (name) => {
    const registry = open(server.host);
    await expect(registry.tags(name)).rejects.toEqual(named('invalid-image-name'));
    await expect(registry.image('a/b', `../${name}`)).rejects.toEqual(named('invalid-image-name'));
  });
});

describe('removing', () => {
  let deleting: TestRegistry;
  beforeAll(async () => {
    deleting = await start({ deletion: true });
  });

  it('removes one image and leaves the others', async () => {
    await deleting.putImage('rm/plain', '1', { labels: { version: '1' } });
    await deleting.putImage('rm/plain', '2', { labels: { version: '2' } });
    const registry = open(deleting.host);
    await registry.remove('rm/plain', '1');
    expect(await registry.tags('rm/plain')).toEqual(['2']);
    expect(await registry.image('rm/plain', '1')).toBeUndefined();
    expect(await registry.image('rm/plain', '2')).toMatchObject({ labels: { version: '2' } });
    await registry.remove('rm/plain', '2');
    expect(await registry.tags('rm/plain')).toEqual([]);
  });

  it('refuses to take along other tags of the same image, unless told to', async () => {
    const digest = await deleting.putImage('rm/shared', '1');
    await deleting.putImage('rm/shared', 'latest');
    await deleting.putImage('rm/shared', 'else', { labels: { a: 'b' } });
    const registry = open(deleting.host);
    await expect(registry.remove('rm/shared', '1')).rejects.toEqual(
      named('image-shared', /rm\/shared:1 .* in use as latest\.$/),
    );
    expect(await registry.digest('rm/shared', '1')).toBe(digest);
    await registry.remove('rm/shared', '1', { others: true });
    expect(await registry.tags('rm/shared')).toEqual(['else']);
  });

  it('refuses to leave an index without an image that it names', async () => {
    await deleting.putList('rm/index', 'all', [{ architecture: 'arm64' }, { architecture: 'amd64' }]);
    await deleting.putImage('rm/index', 'arm', { architecture: 'arm64' });
    const registry = open(deleting.host);
    await expect(registry.remove('rm/index', 'arm')).rejects.toEqual(named('image-shared', / as all\.$/));
    await registry.remove('rm/index', 'arm', { others: true });
    expect(await registry.tags('rm/index')).toEqual([]);
  });

  it('says that there is no such image', async () => {
    await expect(open(deleting.host).remove('rm/absent', '1')).rejects.toEqual(
      named('image-not-in-registry'),
    );
  });

  it('says how deletion is enabled', async () => {
    const digest = await server.putImage('rm/disabled', '1');
    const registry = open(server.host);
    await expect(registry.remove('rm/disabled', '1')).rejects.toMatchObject({
      error: 'registry-deletion-disabled',
      advice: expect.stringContaining('REGISTRY_STORAGE_DELETE_ENABLED=true'),
    });
    expect(await registry.digest('rm/disabled', '1')).toBe(digest);
  });
});

describe('a registry with a login', () => {
  let closed: TestRegistry;
  beforeAll(async () => {
    closed = await start({ login: true });
    await closed.putImage('login/image', '1', { labels: { a: 'b' } });
  });

  it('takes the right one', async () => {
    const registry = open(closed.host, { login: testLogin });
    expect(await collect(registry.repositories())).toEqual(['login/image']);
    expect(await registry.image('login/image', '1')).toMatchObject({ labels: { a: 'b' } });
  });

  it('is told apart from one that refuses it', async () => {
    await expect(open(closed.host).tags('login/image')).rejects.toEqual(
      named('registry-login-needed', /asks for a login to list the tags of login\/image/),
    );
    const login = { username: 'seeder', password: 'wrong' };
    await expect(open(closed.host, { login }).image('login/image', '1')).rejects.toEqual(
      named('registry-login-refused', /did not let seeder read login\/image:1/),
    );
  });
});

describe('a registry with TLS', () => {
  let secure: TestRegistry;
  beforeAll(async () => {
    secure = await start({ tls: true });
    await secure.putImage('tls/image', '1');
  });

  it('is found on this machine without a scheme, as engines find it', async () => {
    expect(await collect(open(secure.host).repositories())).toEqual(['tls/image']);
    expect(await open(secure.host.replace('127.0.0.1', 'localhost')).tags('tls/image')).toEqual(['1']);
  });

  it('must be trusted where https was written', async () => {
    await expect(open(secure.url).tags('tls/image')).rejects.toEqual(
      named('registry-unreachable', /certificate is not trusted .*NODE_EXTRA_CA_CERTS/),
    );
    expect(await open(secure.url, { ca: certificate }).tags('tls/image')).toEqual(['1']);
  });

  it('is not mistaken for one without', async () => {
    await expect(open(`http://${secure.host}`).tags('tls/image')).rejects.toEqual(named('not-a-registry'));
    await expect(open(`https://${server.host}`).tags('list/r1')).rejects.toEqual(
      named('registry-unreachable', /does not speak TLS/),
    );
  });
});
