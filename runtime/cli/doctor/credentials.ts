import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, listed } from '../../../seed-schema/index.ts';
import { dockerDirectory } from '../../engine/index.ts';
import { isErrno, reasonOf } from '../../errors/index.ts';
import { ok, patience, type Verdict, warning } from './check.ts';

/** What Docker's configuration says of logins, without any secret. */
export interface Logins {
  /** Registries whose login it holds itself. */
  readonly stored: readonly string[];
  /** Registries of which it holds what is no login. */
  readonly broken: readonly string[];
  /** Program → what it keeps: registries, or `all others`. */
  readonly helpers: ReadonlyMap<string, readonly string[]>;
}

/** Whether the logins that `docker login` stored can be had. Nothing is sent anywhere. */
export async function lookAtCredentials(env: NodeJS.ProcessEnv): Promise<Verdict> {
  const file = path.join(dockerDirectory(env), 'config.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return ok(`none: ${file} is not there`);
    return warning(`${file} cannot be read: ${reasonOf(thrown)}`, 'Mend its permissions.');
  }
  const logins = loginsIn(text);
  if (typeof logins === 'string')
    return warning(
      `${file} ${logins}, so that logins and contexts in it are ignored`,
      'Mend it, or remove it and run `docker login` again.',
    );
  if (logins.broken.length > 0)
    return warning(
      `${file} holds for ${listed(logins.broken, 'and')} what is no login (base64 of USER:PASSWORD), so that images are pulled anonymously`,
      `Run ${logins.broken.map((registry) => `\`docker login ${registry}\``).join(', ')} again.`,
    );
  const helpers = [...logins.helpers.keys()];
  const problems = (await Promise.all(helpers.map(problemOf))).filter((problem) => problem !== undefined);
  const found = describe(logins);
  if (problems.length === 0) return ok(found);
  return warning(
    `${found}; ${problems.join('; ')}`,
    `Install the credential helper, or remove it from ${file}; without it, images are pulled anonymously.`,
  );
}

/** @param text of config.json. @returns what is wrong with it, to follow its name, where it is no such file */
export function loginsIn(text: string): Logins | string {
  let configuration: unknown;
  try {
    configuration = JSON.parse(text);
  } catch {
    return 'is not valid JSON';
  }
  if (!isObject(configuration)) return 'is no JSON object';
  const { auths, credHelpers, credsStore } = configuration;
  const entries = Object.entries(isObject(auths) ? auths : {}).filter(
    ([, entry]) => isObject(entry) && Boolean(entry.auth || entry.identitytoken),
  );
  const registriesOf = (isWanted: boolean) =>
    entries.filter(([, entry]) => isLogin(entry) === isWanted).map(([registry]) => registry);
  const helpers = new Map<string, string[]>();
  for (const [registry, helper] of [
    ...Object.entries(isObject(credHelpers) ? credHelpers : {}),
    ['all others', credsStore] as const,
  ]) {
    if (typeof helper !== 'string' || helper === '') continue;
    helpers.set(helper, [...(helpers.get(helper) ?? []), registry]);
  }
  return { stored: registriesOf(true), broken: registriesOf(false), helpers };
}

/** A token, or base64 of `user:password`; anything else Docker ignores or refuses. */
function isLogin(entry: unknown): boolean {
  const { auth, identitytoken } = entry as Record<string, unknown>;
  if (typeof identitytoken === 'string' && identitytoken !== '') return true;
  return (
    typeof auth === 'string' &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(auth) &&
    Buffer.from(auth, 'base64').toString('latin1').indexOf(':') > 0
  );
}

function describe({ stored, helpers }: Logins): string {
  const parts = [
    stored.length > 0 && `stored for ${listed(stored, 'and')}`,
    ...[...helpers].map(([helper, of]) => `docker-credential-${helper} for ${listed(of, 'and')}`),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join('; ') : 'none stored';
}

/**
 * Asks a helper for its version, which older ones do not know and say so: neither needs a network, nor tells a secret.
 * @returns what is wrong with it
 */
function problemOf(helper: string): Promise<string | undefined> {
  const program = `docker-credential-${helper}`;
  if (!/^[\w-]+$/.test(helper)) return Promise.resolve(`${JSON.stringify(program)} is no name of a program`);
  return new Promise((resolve) => {
    const child = spawn(program, ['version'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(`${program} does not answer`);
    }, patience / 2);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (said = (said + data.toString()).slice(0, 10_000)));
    child.on('error', (thrown) => {
      clearTimeout(timer);
      resolve(
        isErrno(thrown, 'ENOENT')
          ? `${program} is not installed`
          : `${program} cannot be run: ${reasonOf(thrown)}`,
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 || /usage|unknown/i.test(said) ? undefined : `${program} ends with ${code}`);
    });
  });
}
