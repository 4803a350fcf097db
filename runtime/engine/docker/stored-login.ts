import type { RegistryLogin } from '../engine.ts';
import { storedCredentials } from './credentials.ts';
import { dockerDirectory } from './endpoint.ts';
import { registryNamed } from './registry-address.ts';

/** See `loginFor` of the room. */
export async function storedLogin(
  registry: string,
  env: NodeJS.ProcessEnv,
): Promise<RegistryLogin | undefined> {
  const found = await storedCredentials(dockerDirectory(env), registryNamed(registry));
  if (!found) return undefined;
  const { serveraddress: _, ...login } = found;
  return login;
}
