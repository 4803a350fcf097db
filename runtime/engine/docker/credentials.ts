import { spawn } from 'node:child_process';
import { dockerConfiguration } from './context.ts';

/** What the engine sends to a registry. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly serveraddress: string;
}

/** Docker Hub is stored under its first address. */
const hub = 'https://index.docker.io/v1/';
/** How long a credential helper may think, milliseconds. */
const patience = 30_000;

interface StoredEntry {
  readonly auth?: string;
  readonly identitytoken?: string;
}

/**
 * The credentials that Docker's command stored for the registry of an image (`docker login`): in config.json, or with
 * a credential helper that it names.
 * @param directory Docker's configuration directory
 */
export async function credentialsFor(directory: string, reference: string): Promise<Credentials | undefined> {
  const server = registryOf(reference);
  const configuration = await dockerConfiguration(directory);
  const helpers = asRecord(configuration.credHelpers);
  const helper = helpers[server] ?? configuration.credsStore;
  if (typeof helper === 'string' && /^[\w-]+$/.test(helper)) {
    const found = await askHelper(helper, server);
    if (found) return found;
  }
  return decode(
    asRecord(configuration.auths)[server] ?? asRecord(configuration.auths)[`https://${server}`],
    server,
  );
}

/** Every stored login, for the base images of a build. */
export async function allCredentials(directory: string): Promise<Record<string, Credentials>> {
  const { auths } = await dockerConfiguration(directory);
  const decoded = Object.entries(asRecord(auths)).map(
    ([server, entry]) => [server, decode(entry, server)] as const,
  );
  return Object.fromEntries(decoded.filter((pair): pair is [string, Credentials] => pair[1] !== undefined));
}

/** The part before the first `/` where it looks like a host, else Docker Hub. */
export function registryOf(reference: string): string {
  const [first, ...rest] = reference.split('/');
  return rest.length > 0 && (/[.:]/.test(first!) || first === 'localhost') ? first! : hub;
}

function decode(entry: unknown, serveraddress: string): Credentials | undefined {
  const { auth, identitytoken } = asRecord(entry) as StoredEntry;
  if (identitytoken) return { identitytoken, serveraddress };
  if (!auth) return undefined;
  const text = Buffer.from(auth, 'base64').toString();
  const at = text.indexOf(':');
  if (at < 0) return undefined;
  return { username: text.slice(0, at), password: text.slice(at + 1).replace(/\0+$/, ''), serveraddress };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** The protocol of docker-credential-helpers: the server on stdin, JSON on stdout. */
function askHelper(helper: string, server: string): Promise<Credentials | undefined> {
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
      resolve(code === 0 ? fromHelper(answer, server) : undefined);
    });
    child.stdin.end(server);
  });
}

function fromHelper(answer: string, serveraddress: string): Credentials | undefined {
  try {
    const { Username, Secret } = JSON.parse(answer) as { Username?: string; Secret?: string };
    if (!Username || !Secret) return undefined;
    return Username === '<token>'
      ? { identitytoken: Secret, serveraddress }
      : { username: Username, password: Secret, serveraddress };
  } catch {
    return undefined;
  }
}
