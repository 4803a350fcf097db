import { spawn } from 'node:child_process';
import type { RegistryLogin } from '../engine.ts';
import { dockerConfiguration } from './context.ts';
import { hub, registryNamed, registryOf } from './registry-address.ts';

/** What the engine sends to a registry. */
export interface Credentials extends RegistryLogin {
  readonly serveraddress: string;
}

/** How long a credential helper may think, milliseconds. */
const patience = 30_000;

/**
 * The credentials for the registry of an image: the login that is given, or what Docker's command stored.
 * @param directory Docker's configuration directory
 */
export async function credentialsFor(
  directory: string,
  reference: string,
  given?: RegistryLogin,
): Promise<Credentials | undefined> {
  const server = registryOf(reference);
  return given ? { ...given, serveraddress: server } : storedCredentials(directory, server);
}

/**
 * What `docker login` stored for a registry: in config.json, or with a credential helper that it names.
 * @param server as `registryOf` or `registryNamed` gives it
 */
export async function storedCredentials(directory: string, server: string): Promise<Credentials | undefined> {
  const configuration = await dockerConfiguration(directory);
  const helper = entryFor(configuration.credHelpers, server) ?? configuration.credsStore;
  if (typeof helper === 'string' && /^[\w-]+$/.test(helper)) {
    for (const address of server === hub ? [hub] : [server, `https://${server}`, `https://${server}/v1/`]) {
      const found = await askHelper(helper, address);
      if (found) return { ...found, serveraddress: server };
    }
  }
  return decode(entryFor(configuration.auths, server), server);
}

/** Every login that config.json holds itself, by registry. */
export async function allCredentials(directory: string): Promise<Record<string, Credentials>> {
  const { auths } = await dockerConfiguration(directory);
  const decoded = Object.entries(asRecord(auths)).map(
    ([server, entry]) => [server, decode(entry, server)] as const,
  );
  return Object.fromEntries(decoded.filter((pair): pair is [string, Credentials] => pair[1] !== undefined));
}

/** The entry of a registry, under whichever address it was stored. */
function entryFor(entries: unknown, server: string): unknown {
  const record = asRecord(entries);
  const key = Object.keys(record).find((written) => registryNamed(written) === server);
  return record[server] ?? (key === undefined ? undefined : record[key]);
}

function decode(entry: unknown, serveraddress: string): Credentials | undefined {
  const { auth, identitytoken } = asRecord(entry);
  if (identitytoken && typeof identitytoken === 'string') return { identitytoken, serveraddress };
  if (!auth || typeof auth !== 'string') return undefined;
  const text = Buffer.from(auth, 'base64').toString();
  const at = text.indexOf(':');
  if (at < 0) return undefined;
  return { username: text.slice(0, at), password: text.slice(at + 1).replace(/\0+$/, ''), serveraddress };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** The protocol of docker-credential-helpers: the server on stdin, JSON on stdout. */
function askHelper(helper: string, server: string): Promise<RegistryLogin | undefined> {
  return new Promise((resolve) => {
    const child = spawn(`docker-credential-${helper}`, ['get'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: process.env,
    });
    let answer = '';
    // Not spawn's own timeout: its timer stays, and the process with it, where the program does not exist.
    const timer = setTimeout(() => child.kill(), patience);
    child.on('error', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    child.stdin.on('error', () => {});
    child.stdout.on('data', (data: Buffer) => (answer += data.toString()));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? fromHelper(answer) : undefined);
    });
    child.stdin.end(server);
  });
}

function fromHelper(answer: string): RegistryLogin | undefined {
  try {
    const { Username, Secret } = JSON.parse(answer) as { Username?: string; Secret?: string };
    if (!Username || !Secret) return undefined;
    return Username === '<token>' ? { identitytoken: Secret } : { username: Username, password: Secret };
  } catch {
    return undefined;
  }
}
