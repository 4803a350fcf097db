import { readFileSync } from 'node:fs';
import { reasonOf, SeedbedError } from '../errors/index.ts';
import type { SettingName } from './settings.ts';

/** Settings whose value may be in a file, as engines and clusters hand out secrets: `NAME_FILE` names that file. */
type SecretName = 'DATABASE_URL' | 'SEED_TOKEN';

/**
 * The value of a variable, or else the content of the file that `NAME_FILE` names, without the white space around it.
 * @throws invalid-usage when both are set, or the file cannot be read or is empty
 */
export function textOrFile(name: SecretName, env: NodeJS.ProcessEnv): string | undefined {
  const other = `${name}_FILE` as const;
  const file = env[other];
  if (!file) return env[name] || undefined;
  if (env[name]) throw refuse(`The environment variables ${name} and ${other} exclude each other`);
  return readSecret(other, file);
}

/**
 * A database URL with the password of the file that DATABASE_PASSWORD_FILE names.
 * @param url without a password; undefined: there is no server to log in to
 * @throws invalid-usage when it has a password, or takes none
 */
export function withPassword(url: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const file = env.DATABASE_PASSWORD_FILE;
  if (!file) return url;
  const target = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (target?.password)
    throw refuse(
      'The environment variable DATABASE_PASSWORD_FILE and the password in DATABASE_URL exclude each other',
    );
  if (!target?.username || !target.host)
    throw refuse(
      'The environment variable DATABASE_PASSWORD_FILE takes a DATABASE_URL with user and host, like postgres://seedbed@db/seedbed',
    );
  target.password = encodeURIComponent(readSecret('DATABASE_PASSWORD_FILE', file));
  return target.href;
}

function readSecret(name: SettingName, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (thrown) {
    throw refuse(`The file ${file} of the environment variable ${name} cannot be read: ${reasonOf(thrown)}`);
  }
  if (text === '') throw refuse(`The file ${file} of the environment variable ${name} is empty`);
  return text;
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-usage', { problem });
}
