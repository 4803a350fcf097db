import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SeedbedError } from '../errors/index.ts';
import type { SecretKey } from './key.ts';
import { type SecretOwner, ownerWords } from './owner.ts';

/** One value, encrypted. */
export interface Sealed {
  readonly keyId: string;
  /** 12 bytes, fresh for each value. */
  readonly nonce: Buffer;
  /** The encrypted value, then the tag of 16 bytes. */
  readonly sealed: Buffer;
}

const algorithm = 'aes-256-gcm';
const tagLength = 16;

/** Encrypts a value for one owner and name: under another it cannot be opened. */
export function seal({ id, key }: SecretKey, owner: SecretOwner, name: string, value: string): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(place(owner, name));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId: id, nonce, sealed };
}

/** @throws secret-key-changed, secret-damaged */
export function unseal(
  { id, key }: SecretKey,
  owner: SecretOwner,
  name: string,
  { keyId, nonce, sealed }: Sealed,
): string {
  if (keyId !== id)
    throw new SeedbedError('secret-key-changed', { name, owner: ownerWords(owner), found: keyId, given: id });
  try {
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength })
      .setAAD(place(owner, name))
      .setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]).toString();
  } catch (thrown) {
    throw new SeedbedError('secret-damaged', { name, owner: ownerWords(owner) }, { cause: thrown });
  }
}

/** What a value is bound to. As JSON, so that no two places have the same text. */
function place({ kind, id }: SecretOwner, name: string): Buffer {
  return Buffer.from(JSON.stringify([kind, id, name]));
}
