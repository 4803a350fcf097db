import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net, { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { engineProxy, type EngineProxy } from '../../../test/support/engine-proxy.ts';
import { readConfig } from '../../config/index.ts';
import { createEngine } from '../index.ts';
import { connect } from './client.ts';
import { candidates } from './endpoint.ts';

describe('where the engine is', () => {
  let home: string;
  beforeEach(async () => (home = await mkdtemp(path.join(tmpdir(), 'seedbed-test-endpoint-'))));
  afterEach(() => rm(home, { recursive: true, force: true }));

  async function addContext(name: string, docker: Record<string, unknown>, tls = false): Promise<void> {
    const id = createHash('sha256').update(name).digest('hex');
    const meta = path.join(home, '.docker/contexts/meta', id);
    await mkdir(meta, { recursive: true });
    await writeFile(path.join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
    if (!tls) return;
    const certificates = path.join(home, '.docker/contexts/tls', id, 'docker');
    await mkdir(certificates, { recursive: true });
    await writeFile(path.join(certificates, 'ca.pem'), 'CA');
  }

  it('is one of the usual sockets, in order, when nothing is set', async () => {
    const found = await candidates({ HOME: home, XDG_RUNTIME_DIR: '/run/user/7' });
    expect(found.map(({ where }) => where)).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///run/user/7/docker.sock',
      `unix://${home}/.docker/run/docker.sock`,
      'unix:///run/user/7/podman/podman.sock',
      'unix:///run/podman/podman.sock',
    ]);
  });

  it.each([
    ['unix:///some where/x.sock', { kind: 'socket', path: '/some where/x.sock' }],
    ['unix://', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['tcp://host', { kind: 'tcp', host: 'host', port: 2375 }],
    ['host:1234', { kind: 'tcp', host: 'host', port: 1234 }],
    ['tcp://[::1]:5', { kind: 'tcp', host: '::1', port: 5 }],
    ['tcp://host:2376', { kind: 'tcp', host: 'host', port: 2376, tls: { verify: true } }],
    ['https://host', { kind: 'tcp', host: 'host', port: 2376, tls: { verify: true } }],
    ['https://host:443', { kind: 'tcp', host: 'host', port: 443, tls: { verify: true } }],
    ['https://[::1]:443/', { kind: 'tcp', host: '::1', port: 443, tls: { verify: true } }],
    ['http://host:80', { kind: 'tcp', host: 'host', port: 80 }],
    ['ssh://me@host:22', { kind: 'ssh', destination: 'me@host', port: '22' }],
    ['ssh://host', { kind: 'ssh', destination: 'host' }],
  ])('is DOCKER_HOST alone: %s', async (where, endpoint) => {
    expect(await candidates({ HOME: home, DOCKER_HOST: where })).toEqual([{ where, ...endpoint }]);
  });

  it.each(['unix://relative', 'ftp://host', 'ssh://-oProxyCommand=x', 'ssh://-o@host', 'tcp://', '://'])(
    'is refused as %s',
    async (where) => {
      await expect(candidates({ HOME: home, DOCKER_HOST: where })).rejects.toMatchObject({
        error: 'engine-unreachable',
        message: expect.stringContaining(where),
      });
    },
  );

  it('has its certificates in DOCKER_CERT_PATH', async () => {
    for (const name of ['ca', 'cert', 'key']) await writeFile(path.join(home, `${name}.pem`), name);
    const env = { HOME: home, DOCKER_HOST: 'tcp://h:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: home };
    const tls = { verify: true, ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key') };
    expect(await candidates(env)).toMatchObject([{ kind: 'tcp', host: 'h', port: 1, tls }]);
  });

  it('is that of the current context, of DOCKER_CONTEXT before it, and of DOCKER_HOST before both', async () => {
    await addContext('far', { Host: 'tcp://far:2376', SkipTLSVerify: true }, true);
    await addContext('near', { Host: 'unix:///near.sock' });
    await writeFile(path.join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'far' }));
    const far = { kind: 'tcp', host: 'far', port: 2376, tls: { ca: Buffer.from('CA'), verify: false } };
    expect(await candidates({ HOME: home })).toMatchObject([far]);
    expect(await candidates({ HOME: home, DOCKER_CONTEXT: 'near' })).toMatchObject([{ path: '/near.sock' }]);
    expect(await candidates({ HOME: home, DOCKER_CONTEXT: 'default' })).toHaveLength(3);
    expect(await candidates({ HOME: home, DOCKER_CONTEXT: 'near', DOCKER_HOST: 'unix:///x' })).toMatchObject([
      { path: '/x' },
    ]);
    await expect(candidates({ HOME: home, DOCKER_CONTEXT: 'gone' })).rejects.toMatchObject({
      error: 'engine-unreachable',
      message: expect.stringContaining('context gone'),
    });
  });

  it('takes a broken config.json for none', async () => {
    await mkdir(path.join(home, '.docker'));
    await writeFile(path.join(home, '.docker/config.json'), '{"currentContext": ');
    expect(await candidates({ HOME: home })).toHaveLength(3);
  });

  describe('when it is asked', () => {
    let proxy: EngineProxy;
    let deaf: Server;
    let tcp: Server;
    let port: number;

    beforeAll(async () => {
      proxy = await engineProxy('/var/run/docker.sock');
      deaf = createServer((socket) => socket.resume().end('nonsense\n'));
      tcp = createServer((socket) => {
        const engine = net.connect('/var/run/docker.sock');
        socket.pipe(engine).pipe(socket);
        socket.on('error', () => engine.destroy());
        engine.on('error', () => socket.destroy());
        socket.on('close', () => engine.destroy());
      });
      await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
      port = (tcp.address() as { port: number }).port;
    });
    afterAll(async () => {
      await proxy.close();
      deaf.close();
      tcp.close();
    });

    it('answers as the one that DOCKER_HOST names, by socket and by tcp', async () => {
      for (const host of [proxy.host, `tcp://127.0.0.1:${port}`]) {
        const engine = await createEngine(readConfig({ SEED_HOME: home }), { HOME: home, DOCKER_HOST: host });
        expect((await engine.capabilities()).version).toMatch(/^(Docker|Podman) \d/);
        engine.close();
      }
    });

    it('answers through ssh, with the command of the user', async () => {
      // An ssh that runs nothing far away, but passes bytes on to the engine here, as `docker system dial-stdio` does.
      const program = path.join(home, 'ssh');
      const script = `#!${process.execPath}
        require('fs').writeFileSync(${JSON.stringify(path.join(home, 'arguments'))}, JSON.stringify(process.argv.slice(2)));
        const engine = require('net').connect('/var/run/docker.sock');
        process.stdin.pipe(engine).pipe(process.stdout);`;
      await writeFile(program, script);
      await chmod(program, 0o755);
      const before = process.env.PATH;
      process.env.PATH = `${home}:${before}`;
      try {
        const env = { HOME: home, DOCKER_HOST: 'ssh://me@far:2222' };
        const engine = await createEngine(readConfig({ SEED_HOME: home }), env);
        expect((await engine.capabilities()).cpus).toBeGreaterThan(0);
        expect(await engine.inspectImage('seedbed-test-absent:1')).toBeUndefined();
        engine.close();
      } finally {
        process.env.PATH = before;
      }
      const given = JSON.parse(await readFile(path.join(home, 'arguments'), 'utf8')) as string[];
      expect(given.slice(-7)).toEqual(['-p', '2222', '--', 'me@far', 'docker', 'system', 'dial-stdio']);
    });

    it('is named with every place that was tried, and why each failed', async () => {
      const socket = path.join(home, 'deaf.sock');
      await new Promise<void>((resolve) => deaf.listen(socket, resolve));
      const config = readConfig({ SEED_HOME: home });
      const failure = (host: string) =>
        createEngine(config, { HOME: home, DOCKER_HOST: host }).catch((thrown: Error) => thrown.message);
      expect(await failure(`unix://${home}/none.sock`)).toMatch(/none\.sock: no such socket\.$/);
      expect(await failure('tcp://127.0.0.1:9')).toMatch(/127\.0\.0\.1:9: nothing listens there\.$/);
      expect(await failure(`unix://${socket}`)).toMatch(/deaf\.sock: .*Parse Error/);
      expect(await failure('ssh://far')).toMatch(/ssh:\/\/far: /);
      const several = await connect([
        { kind: 'socket', path: `${home}/a`, where: 'unix://a' },
        { kind: 'socket', path: `${home}/b`, where: 'unix://b' },
      ]).catch((thrown: Error) => thrown.message);
      expect(several).toBe(
        'No container engine answers at unix://a, unix://b: unix://a: no such socket; unix://b: no such socket.',
      );
    });
  });
});
