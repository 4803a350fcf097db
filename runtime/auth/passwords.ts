import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { SeedbedError } from '../errors/index.ts';

/** log2 N, r, p as OWASP recommends where 32 MiB for each are to suffice. */
const parameters = { logN: 15, r: 8, p: 3 };
const length = 32;

/** Each takes a core and 32 MiB for a fifth of a second: a flood of logins must leave the rest of the service working. */
const atOnce = 2;
const mostWaiting = 50;

/** @returns `scrypt$log2 N$r$p$salt$hash`. @throws login-limited when too many are under way */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { logN, r, p } = parameters;
  const hash = await derive(password, salt, { N: 2 ** logN, r, p });
  return ['scrypt', logN, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether a password is the one that was hashed. It takes as long where there is none.
 * @throws login-limited when too many are under way
 */
export async function verifyPassword(password: string, hashed: string | null): Promise<boolean> {
  const [, logN, r, p, salt, hash] = (hashed ?? nobody).split('$');
  const expected = Buffer.from(hash!, 'base64url');
  const options = { N: 2 ** Number(logN), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt!, 'base64url'), options);
  return timingSafeEqual(found, expected) && hashed !== null;
}

const nobody = [
  'scrypt',
  ...Object.values(parameters),
  'AAAA',
  Buffer.alloc(length).toString('base64url'),
].join('$');

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  if (running >= atOnce) {
    if (waiting.length >= mostWaiting) throw new SeedbedError('login-limited', { seconds: 5 });
    // Whoever ends hands its place over.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await new Promise((resolve, reject) =>
      scrypt(password.normalize('NFKC'), salt, length, { ...options, maxmem: 2 ** 28 }, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
