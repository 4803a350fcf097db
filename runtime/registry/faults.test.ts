import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  startTestServer,
  type Received,
  type Reply,
  type TestServer,
} from '../../test/support/registry-server.ts';
import { sha256 } from '../../test/support/registry-token.ts';
import { openRegistry, type Registry, type RegistryOptions } from './index.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function serve(...parameters: Parameters<typeof startTestServer>): Promise<TestServer> {
  const server = await startTestServer(...parameters);
  endings.push(() => server.stop());
  return server;
}

function open(address: string, options: RegistryOptions = {}): Registry {
  const registry = openRegistry(address, { backoff: [0, 0], ...options });
  endings.push(() => registry.close());
  return registry;
}

/** A registry that greets, and answers everything else so. */
async function greeting(answer: (request: Received) => Reply): Promise<TestServer> {
  return serve((request) => (request.path === '/v2/' ? { body: {} } : answer(request)));
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}

const named = (error: string, message: RegExp) =>
  expect.objectContaining({ error, message: expect.stringMatching(message) });

describe('an address without a registry', () => {
  it.each<[string, Reply, string, RegExp]>([
    ['404', { status: 404 }, 'not-a-registry', /HTTP 404/],
    ['a web page', { body: '<!DOCTYPE html>' }, 'not-a-registry', /a web page answers/],
    ['a redirect', { status: 302, headers: { location: '/login' } }, 'not-a-registry', /HTTP 302/],
    ['403', { status: 403 }, 'registry-login-needed', /asks for a login/],
    ['503', { status: 503 }, 'registry-error', /HTTP 503/],
  ])('%s', async (_, reply, error, message) => {
    const server = await serve(() => reply);
    for (const address of [server.host, server.url])
      await expect(open(address).tags('a/b')).rejects.toEqual(named(error, message));
  });

  it('refuses the connection', async () => {
    const server = await serve(() => ({}));
    await server.stop();
    endings.pop();
    await expect(open(server.host).tags('a/b')).rejects.toEqual(
      named(
        'registry-unreachable',
        new RegExp(`registry ${server.host} .*tags of a/b: nothing listens there`),
      ),
    );
  });

  it('has a name that does not exist', async () => {
    await expect(open('registry.invalid').tags('a/b')).rejects.toEqual(
      named('registry-unreachable', /no such host|cannot be looked up/),
    );
  });

  it('says something that is not HTTP', async () => {
    const server = net.createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('220 mail.example ESMTP\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endings.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    await expect(open(`http://127.0.0.1:${port}`).tags('a/b')).rejects.toEqual(
      named('registry-unreachable', /could not be asked to list the tags of a\/b/),
    );
  });

  it('is silent, and is not asked again over TLS', async () => {
    let connections = 0;
    const server = net.createServer((socket) => void (connections++, socket.on('error', () => {}).resume()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endings.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    await expect(open(`127.0.0.1:${port}`, { patience: 100 }).tags('a/b')).rejects.toEqual(
      named('registry-unreachable', /no answer within 0\.1 s/),
    );
    expect(connections).toBe(1);
  });

  it('is asked anew by the next question', async () => {
    let status = 404;
    const server = await serve(() => ({ status, body: { tags: ['1'] } }));
    const registry = open(server.host);
    await expect(registry.tags('a/b')).rejects.toEqual(named('not-a-registry', /HTTP 404/));
    status = 200;
    expect(await registry.tags('a/b')).toEqual(['1']);
  });

  it('leads from http to https on the same host, and is used there', async () => {
    const secure = await serve(({ path }) => ({ body: path === '/v2/' ? {} : { tags: ['1'] } }), {
      tls: true,
    });
    const target = `https://localhost:${secure.host.split(':')[1]}`;
    const plain = await serve(({ path }) => ({ status: 308, headers: { location: `${target}${path}` } }));
    const { certificate: ca } = await import('../../test/support/registry-certificate.ts');
    const address = `http://localhost:${plain.host.split(':')[1]}`;
    expect(await open(address, { ca }).tags('a/b')).toEqual(['1']);
  });
});

describe('a registry that is slow or busy', () => {
  it.each<[string, (response: Parameters<Extract<Reply, (...args: never[]) => void>>[0]) => void]>([
    ['does not answer', () => {}],
    ['never ends its answer', (response) => response.write('{"tags": [')],
  ])('%s', async (_, silence) => {
    const server = await greeting(() => silence);
    await expect(open(server.host, { patience: 100 }).tags('a/b')).rejects.toEqual(
      named('registry-unreachable', /no answer within 0\.1 s/),
    );
  });

  it('is asked again after 429, 5xx and a broken connection', async () => {
    const replies: Reply[] = [
      { status: 429, headers: { 'retry-after': '0' } },
      (response) => response.destroy(),
      { body: { tags: ['1'] } },
    ];
    const server = await greeting(() => replies.shift()!);
    expect(await open(server.host).tags('a/b')).toEqual(['1']);
  });

  it('is believed in the end', async () => {
    const body = { errors: [{ code: 'TOOMANYREQUESTS', message: 'slow\u001b[31m down' }] };
    const busy = await greeting(() => ({ status: 429, headers: { 'retry-after': '3600' }, body }));
    await expect(open(busy.host).tags('a/b')).rejects.toEqual(
      named('registry-throttled', /HTTP 429 \(slow \[31m down\), and asks to wait 3600 s/),
    );
    expect(busy.received).toHaveLength(2);
    const broken = await greeting(() => ({ status: 502 }));
    await expect(open(broken.host).tags('a/b')).rejects.toEqual(named('registry-error', /HTTP 502/));
    expect(broken.received).toHaveLength(4);
  });

  it('is given up when the caller aborts, also between tries', async () => {
    const aborting = new AbortController();
    const reason = new Error('enough');
    const silent = await greeting(() => () => aborting.abort(reason));
    await expect(open(silent.host, { signal: aborting.signal }).tags('a/b')).rejects.toBe(reason);
    await expect(open(silent.host, { signal: aborting.signal }).tags('a/b')).rejects.toBe(reason);

    const waiting = new AbortController();
    const busy = await greeting(() => {
      setImmediate(() => waiting.abort(reason));
      return { status: 503 };
    });
    const registry = open(busy.host, { signal: waiting.signal, backoff: [3_600_000] });
    await expect(registry.tags('a/b')).rejects.toBe(reason);
  });
});

describe('an answer that makes no sense', () => {
  const invalid = (message: RegExp) => named('registry-answer-invalid', message);

  it.each<[string, unknown, RegExp]>([
    ['a web page', '<html>please log in</html>', /is a web page, from 127/],
    ['nothing', '', /is empty/],
    ['text', 'tags: 1', /is no JSON/],
    ['a list', [], /is no JSON object/],
    ['a list of other things', { tags: [1] }, /"tags" is no list of names/],
    ['more than anybody would send', Buffer.alloc(9 * 1024 * 1024, ' '), /longer than 8 MiB/],
  ])('%s', async (_, body, message) => {
    const server = await greeting(() => ({ body }));
    await expect(open(server.host).tags('a/b')).rejects.toEqual(invalid(message));
  });

  it('is not kept in memory when it has no end', async () => {
    const server = await greeting(() => (response) => {
      const chunk = Buffer.alloc(256 * 1024, ' ');
      const more = () => {
        while (response.write(chunk));
      };
      response.on('drain', more).on('error', () => {});
      more();
    });
    await expect(open(server.host).tags('a/b')).rejects.toEqual(invalid(/longer than 8 MiB/));
  });

  it.each<[string, string, RegExp]>([
    ['itself', '</v2/a/b/tags/list>; rel="next"', /pages have no end/],
    [
      'another host',
      '<http://example.invalid/v2/a/b/tags/list?last=1>; rel="next"',
      /next page is at http:\/\/example/,
    ],
    ['no address', '<http://[>; rel="next"', /next page is none/],
  ])('pages that lead to %s', async (_, link, message) => {
    const server = await greeting(() => ({ headers: { link }, body: { tags: ['1'] } }));
    await expect(open(server.host).tags('a/b')).rejects.toEqual(invalid(message));
    expect(server.received).toHaveLength(2);
  });

  it('redirects without end, or out of TLS', async () => {
    const loop = await greeting(({ path }) => ({ status: 307, headers: { location: `${path}x` } }));
    await expect(open(loop.host).tags('a/b')).rejects.toEqual(invalid(/from one address to the next/));
    expect(loop.received).toHaveLength(7);
    const plain = await serve(() => ({ body: { tags: [] } }));
    const secure = await serve(
      ({ path }) => (path === '/v2/' ? {} : { status: 302, headers: { location: plain.url } }),
      { tls: true },
    );
    await expect(open(secure.host).tags('a/b')).rejects.toEqual(invalid(/leads from https:.* to http:/));
    expect(plain.received).toHaveLength(0);
  });

  it.each<[string, unknown, RegExp]>([
    ['an old manifest', { schemaVersion: 1, fsLayers: [] }, /none of Docker schema 2 or OCI/],
    ['an empty index', { manifests: [] }, /index names no image/],
    ['a configuration without a name', imageManifest('../../../x'), /names no configuration/],
  ])('%s', async (_, manifest, message) => {
    const server = await greeting(() => ({ body: manifest }));
    await expect(open(server.host).image('a/b', '1')).rejects.toEqual(invalid(message));
  });

  it('content that is not what its digest says', async () => {
    const manifest = imageManifest(sha256('{"config": 1}'));
    const server = await greeting(({ path }) => ({
      body: path.includes('/manifests/') ? manifest : { config: 2 },
    }));
    await expect(open(server.host).image('a/b', '1')).rejects.toEqual(invalid(/not what its digest sha256:/));
    await expect(open(server.host).image('a/b', sha256('x'))).rejects.toEqual(invalid(/not what its digest/));
    const unheard = `sha999:${'0'.repeat(64)}`;
    await expect(open(server.host).image('a/b', unheard)).rejects.toEqual(
      invalid(/not what its digest sha999/),
    );
  });
});

describe('a blob that lies elsewhere', () => {
  const config = JSON.stringify({ config: { Labels: { a: 'b' } } });
  const login = { username: 'seeder', password: 'secret' };

  async function registryOf(location: string): Promise<TestServer> {
    return serve(({ path, headers }) => {
      if (!headers.authorization) return { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
      if (path.includes('/blobs/')) return { status: 307, headers: { location } };
      return { body: path === '/v2/' ? {} : imageManifest(sha256(config)) };
    });
  }

  it('is fetched without the login', async () => {
    const store = await serve(() => ({ body: config }));
    const server = await registryOf(`${store.url}/bucket?signature=1`);
    expect(await open(server.host, { login }).image('a/b', '1')).toMatchObject({ labels: { a: 'b' } });
    expect(server.received.at(-1)!.headers.authorization).toMatch(/^Basic /);
    expect(store.received).toEqual([expect.objectContaining({ path: '/bucket?signature=1' })]);
    expect(store.received[0]!.headers.authorization).toBeUndefined();
  });

  it('and is refused there: the error says where', async () => {
    const store = await serve(() => ({ status: 403 }));
    const server = await registryOf(store.url);
    await expect(open(server.host, { login }).image('a/b', '1')).rejects.toEqual(
      named('registry-error', new RegExp(`HTTP 403 from ${store.host}, to which it leads`)),
    );
  });
});

describe('a registry that does without', () => {
  it('a catalogue', async () => {
    const server = await greeting(() => ({ status: 404, body: { errors: [{ code: 'UNSUPPORTED' }] } }));
    await expect(collect(open(server.host).repositories())).rejects.toEqual(
      named('registry-without-catalogue', /HTTP 404 \(UNSUPPORTED\)/),
    );
  });

  it('digests in its headers', async () => {
    const server = await greeting(() => ({ body: imageManifest(sha256('{}')) }));
    expect(await open(server.host).digest('a/b', '1')).toBe(
      sha256(JSON.stringify(imageManifest(sha256('{}')))),
    );
  });
});

function imageManifest(digest: string) {
  const mediaType = 'application/vnd.oci.image.config.v1+json';
  return { schemaVersion: 2, config: { mediaType, digest, size: 1 }, layers: [] };
}
