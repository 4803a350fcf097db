import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { certificate, privateKey } from './registry-certificate.ts';
import { registryUploads, type RegistryUploads } from './registry-uploads.ts';

/** Where `npm test` unpacks the package when nobody has installed it. */
const unpacked = path.join(import.meta.dirname, '../../.cache/docker-registry/usr/bin/docker-registry');

/** What a registry with `login` takes; the line is bcrypt of the least cost, because it is checked at every request. */
export const testLogin = { username: 'seeder', password: 'seeder-password' };
const htpasswd = 'seeder:$2y$04$abcdefghijklmnopqrstuu9Ppc0lzisxdEpU9PpdRN4r21X8NUhtK\n';

export interface TestRegistryOptions {
  /** Asks for `testLogin` (Basic). */
  readonly login?: boolean;
  /** Lets manifests be deleted; a registry does not, unless it is told to. */
  readonly deletion?: boolean;
  /** Speaks TLS, with the certificate of registry-certificate.ts. */
  readonly tls?: boolean;
  /** Asks for Bearer tokens of this server, signed with the key of registry-certificate.ts. */
  readonly token?: { readonly realm: string; readonly service: string; readonly issuer: string };
}

/** Debian's `docker-registry`, with its files in a temporary directory. */
export interface TestRegistry extends RegistryUploads {
  /** What stands before the `/` of an image's name: `127.0.0.1:PORT`. */
  readonly host: string;
  /** Scheme and host, without a `/` at the end. */
  readonly url: string;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/** Starts a registry on a free port of 127.0.0.1; call `stop` in the end. */
export async function startTestRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-registry-'));
  await writeFile(path.join(directory, 'htpasswd'), htpasswd);
  await writeFile(path.join(directory, 'certificate.pem'), certificate);
  await writeFile(path.join(directory, 'key.pem'), privateKey);
  const file = path.join(directory, 'config.yml');
  await writeFile(file, JSON.stringify(configuration(directory, options))); // JSON is YAML
  const child = spawn(program(), ['serve', file], {
    env: ownEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const host = await listening(child);
    const url = `${options.tls ? 'https' : 'http'}://${host}`;
    const uploads = registryUploads(url, options.login ? testLogin : undefined, options.token);
    return {
      ...uploads,
      host,
      url,
      async stop() {
        uploads.close();
        await end(child);
        await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await end(child);
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

function program(): string {
  return process.env.SEEDBED_TEST_REGISTRY || (existsSync(unpacked) ? unpacked : 'docker-registry');
}

/** Without REGISTRY_*, which would change the configuration. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REGISTRY_')));
}

function configuration(directory: string, { login, deletion = false, tls, token }: TestRegistryOptions) {
  const file = (name: string) => path.join(directory, name);
  return {
    version: '0.1',
    log: { accesslog: { disabled: true }, level: 'info' },
    storage: {
      cache: { blobdescriptor: 'inmemory' }, // as in the package's own configuration
      filesystem: { rootdirectory: file('data') },
      delete: { enabled: deletion },
    },
    http: {
      addr: '127.0.0.1:0',
      ...(tls && { tls: { certificate: file('certificate.pem'), key: file('key.pem') } }),
    },
    ...(login && { auth: { htpasswd: { realm: 'seedbed tests', path: file('htpasswd') } } }),
    ...(token && { auth: { token: { ...token, rootcertbundle: file('certificate.pem') } } }),
  };
}

/** @returns host and port, which a registry on port 0 writes in its log */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (log.length < 100_000) log += text;
      const address = /listening on (127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (address) resolve(address);
    });
    child.on('error', (error) =>
      reject(new Error(`${program()} cannot be run (\`npm test\` fetches it): ${error.message}`)),
    );
    child.on('close', (code) => reject(new Error(`${program()} ended with ${code}: ${log.slice(-2000)}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill();
  await ended;
}
