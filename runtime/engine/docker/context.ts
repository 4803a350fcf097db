import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';

/** The endpoint of a context of Docker's command (`docker context create`). */
export interface ContextEndpoint {
  readonly host: string;
  /** Holds ca.pem, cert.pem and key.pem; undefined: no TLS. */
  readonly tlsDirectory?: string;
  readonly skipVerify: boolean;
}

interface ContextMetadata {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string; readonly SkipTLSVerify?: boolean } };
}

/**
 * The chosen context's endpoint.
 * @param directory Docker's configuration directory
 * @param chosen DOCKER_CONTEXT; otherwise `currentContext` of config.json
 * @returns undefined for the context `default`, which means the usual sockets
 * @throws engine-unreachable for a context that does not exist
 */
export async function contextEndpoint(
  directory: string,
  chosen: string | undefined,
): Promise<ContextEndpoint | undefined> {
  const name = chosen || (await currentContext(directory));
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const file = path.join(directory, 'contexts/meta', id, 'meta.json');
  try {
    const { Endpoints } = JSON.parse(await readFile(file, 'utf8')) as ContextMetadata;
    const host = Endpoints?.docker?.Host;
    if (!host) throw new Error('it has no Docker endpoint');
    const tlsDirectory = path.join(directory, 'contexts/tls', id, 'docker');
    return {
      host,
      ...(existsSync(tlsDirectory) && { tlsDirectory }),
      skipVerify: Endpoints.docker?.SkipTLSVerify === true,
    };
  } catch (thrown) {
    const reason = isErrno(thrown, 'ENOENT') ? `${file} does not exist` : reasonOf(thrown);
    throw new SeedbedError(
      'engine-unreachable',
      { where: `the Docker context ${name}`, reason },
      { cause: thrown },
    );
  }
}

async function currentContext(directory: string): Promise<string | undefined> {
  const configuration = await dockerConfiguration(directory);
  return typeof configuration.currentContext === 'string' ? configuration.currentContext : undefined;
}

/** `config.json` of Docker's command; empty where it is missing or no JSON object. */
export async function dockerConfiguration(directory: string): Promise<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path.join(directory, 'config.json'), 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
