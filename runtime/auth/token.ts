import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/index.ts';
import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';

/** Of the configuration: where the token is. */
export type TokenPlace = Pick<Config, 'home'> & { readonly service: Pick<Config['service'], 'token'> };

/**
 * The token of the service: SEED_TOKEN, or that of SEED_HOME/token, which is made at the first call. Of several processes
 * that come at once, one makes it and all get the same.
 * @throws token-unsafe when others may read it, or it holds none; home-unusable
 */
export async function serviceToken(config: TokenPlace): Promise<string> {
  const known = await knownToken(config);
  if (known !== undefined) return known;
  await make(config.home);
  return (await knownToken(config))!;
}

/**
 * The token that commands send: as `serviceToken`, and nothing is made.
 * @returns undefined when there is none
 * @throws token-unsafe
 */
export async function knownToken({ home, service }: TokenPlace): Promise<string | undefined> {
  if (service.token !== undefined) return service.token;
  const file = tokenFile(home);
  try {
    return await read(file);
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    if (thrown instanceof SeedbedError) throw thrown;
    throw new SeedbedError('token-unsafe', { file, reason: reasonOf(thrown) });
  }
}

function tokenFile(home: string): string {
  return path.join(home, 'token');
}

async function read(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    const refuse = (reason: string) => new SeedbedError('token-unsafe', { file, reason });
    if (!found.isFile()) throw refuse('it is no regular file');
    if ((found.mode & 0o077) !== 0) throw refuse('others than its owner may read or change it');
    if (![0, process.getuid?.()].includes(found.uid)) throw refuse('it belongs to another user');
    if (found.size > 4096) throw refuse('it is too large');
    const text = (await handle.readFile('utf8')).trim();
    if (!/^[\x21-\x7e]{16,512}$/.test(text)) throw refuse('it does not hold a token of 16 to 512 characters');
    return text;
  } finally {
    await handle.close();
  }
}

/** Written whole under another name first: nobody ever reads half of it, and the second link is refused. */
async function make(home: string): Promise<void> {
  const draft = path.join(home, `.token-${randomBytes(8).toString('hex')}`);
  try {
    await mkdir(home, { recursive: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, tokenFile(home));
  } catch (thrown) {
    if (!isErrno(thrown, 'EEXIST'))
      throw new SeedbedError('home-unusable', { directory: home, reason: reasonOf(thrown) });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
