import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { SeedbedError } from '../errors/index.ts';
import { loadSecretKey } from '../secrets/index.ts';
import type { LinkSigner } from '../workspace/index.ts';

/** Seconds that a link may be good for: as those of S3 (7 days). */
export const longestLink = 7 * 24 * 60 * 60;

type KeyConfig = Pick<Config, 'home' | 'secretKey' | 'secretKeyFile'>;

/** What a link says besides its signature. */
export interface Link {
  /** By its name. */
  readonly workspace: string;
  readonly path: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/**
 * Links `{SEED_URL}/links/{token}` to files of workspaces that the service hands out itself. The token is what the link
 * says and an HMAC-SHA256 of it, whose key is derived from the secret key: a new key makes all links void.
 */
export function linkSigner(
  config: KeyConfig & { readonly service: Pick<Config['service'], 'url'> },
): LinkSigner {
  return {
    async sign(workspace, path, seconds) {
      const expires = Math.floor(Date.now() / 1000) + seconds;
      return `${config.service.url}/links/${await linkToken(config, { workspace, path, expires })}`;
    },
  };
}

/** The last part of a link: its words in base64url, a dot, and the signature. */
export async function linkToken(config: KeyConfig, { workspace, path, expires }: Link): Promise<string> {
  const words = Buffer.from(JSON.stringify([workspace, path, expires])).toString('base64url');
  return `${words}.${(await signatureOf(config, words)).toString('base64url')}`;
}

/**
 * What a link says that this service made, and that is still good.
 * @param now seconds since 1970
 * @throws link-invalid, link-expired
 */
export async function readLink(
  config: KeyConfig,
  token: string,
  now = Math.floor(Date.now() / 1000),
): Promise<Link> {
  const [words = '', signature = '', ...more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = await signatureOf(config, words);
  // Another spelling of the same bytes is a changed link, too.
  const isOurs =
    more.length === 0 && given.length === right.length && given.toString('base64url') === signature;
  if (!isOurs || !timingSafeEqual(given, right)) throw new SeedbedError('link-invalid', {});
  const [workspace, path, expires] = JSON.parse(Buffer.from(words, 'base64url').toString()) as [
    string,
    string,
    number,
  ];
  if (now >= expires)
    throw new SeedbedError('link-expired', { expired: new Date(expires * 1000).toISOString() });
  return { workspace, path, expires };
}

async function signatureOf(config: KeyConfig, words: string): Promise<Buffer> {
  const { key } = await loadSecretKey(config);
  const own = createHmac('sha256', key).update('seedbed links').digest();
  return createHmac('sha256', own).update(words).digest();
}
