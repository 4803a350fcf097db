import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { isErrno, reasonOf } from '../../errors/index.ts';

/** Certificates in PEM; what is missing is the system's. */
export interface Tls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** False only where a context says so. */
  readonly verify: boolean;
  /** Where they are; they may be renewed there. */
  readonly directory?: string;
}

const names = ['ca', 'cert', 'key'] as const;

/** @param refuse makes the error of a file that cannot be read */
export async function readTls(
  directory: string | undefined,
  refuse: (reason: string) => Error,
): Promise<Tls> {
  if (directory === undefined) return { verify: true };
  const read = async (name: string) => {
    const file = path.join(directory, `${name}.pem`);
    try {
      return [name, await readFile(file)] as const;
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT')) return undefined;
      throw refuse(`${file} cannot be read (${reasonOf(thrown)})`);
    }
  };
  const there = (await Promise.all(names.map(read))).filter((one) => one !== undefined);
  return { verify: true, directory, ...Object.fromEntries(there) };
}

/** The certificates as they are now: a service lives longer than many a certificate. */
export function currentTls(tls: Tls): Tls {
  const { directory, verify } = tls;
  if (directory === undefined) return tls;
  const now = { ca: undefined, cert: undefined, key: undefined } as Record<(typeof names)[number], unknown>;
  for (const name of names)
    try {
      now[name] = readFileSync(path.join(directory, `${name}.pem`));
    } catch (thrown) {
      if (!isErrno(thrown, 'ENOENT')) now[name] = tls[name];
    }
  return { ...(now as Partial<Tls>), directory, verify };
}

/** Connections of which each is made with the certificates of its time. */
export function tlsAgent(tls: Tls, keepAlive: boolean): https.Agent {
  const agent = new https.Agent({ keepAlive, rejectUnauthorized: tls.verify });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback): Duplex | null | undefined => {
    try {
      const { ca, cert, key } = currentTls(tls);
      return connect({ ...options, ca, cert, key }, callback);
    } catch (thrown) {
      // Files that are no certificates; the library expects no exception here.
      if (!callback) throw thrown;
      callback(thrown as Error, undefined as never);
      return undefined;
    }
  };
  return agent;
}

/** What is wrong with the files themselves, whatever the engine says of them. */
export function problemOfFiles({ ca, cert, key }: Tls): string | undefined {
  if (ca && !certificateOf(ca)) return 'ca.pem is no certificate in PEM';
  if (!cert || !key) return undefined;
  const certificate = certificateOf(cert);
  if (!certificate) return 'cert.pem is no certificate in PEM';
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return 'key.pem is not the key of cert.pem';
  } catch {
    return /^(-----BEGIN|Proc-Type:) .*ENCRYPTED/m.test(key.toString('latin1'))
      ? 'key.pem is encrypted, and must be without a passphrase'
      : 'key.pem is no private key in PEM';
  }
  return undefined;
}

/** When a certificate expired; undefined: it has not, or nobody can tell. */
export function expiryOf(certificate: Buffer): string | undefined {
  const validTo = certificateOf(certificate)?.validTo;
  return validTo !== undefined && Date.parse(validTo) < Date.now() ? validTo : undefined;
}

function certificateOf(pem: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
