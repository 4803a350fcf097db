import path from 'node:path';
import { knownToken } from '../../auth/index.ts';
import { Client } from '../../client/index.ts';
import { type Config, readConfig } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/**
 * The service that the environment names (SEED_URL), with the token of SEED_TOKEN or SEED_HOME/token.
 * @throws token-missing, token-unsafe, invalid-usage
 */
export async function openClient(config: Config = readConfig()): Promise<Client> {
  const { service, home } = config;
  const file = path.join(home, 'token');
  const token = await knownToken(config);
  if (token === undefined) throw new SeedbedError('token-missing', { where: service.url, file });
  return new Client({
    url: service.url,
    token,
    source: service.token === undefined ? file : 'SEED_TOKEN',
  });
}
