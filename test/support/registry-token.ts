import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { certificate, privateKey } from './registry-certificate.ts';

/** What a token lets its bearer do. */
export interface TokenAccess {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** A token that a registry with `token` in its options takes: a JWT of 5 minutes (distribution's spec/auth/jwt.md). */
export function registryToken(issuer: string, service: string, access: readonly TokenAccess[]): string {
  const now = Math.floor(Date.now() / 1000);
  const header = { typ: 'JWT', alg: 'ES256', x5c: [new X509Certificate(certificate).raw.toString('base64')] };
  const claims = { iss: issuer, aud: service, sub: '', iat: now, nbf: now - 60, exp: now + 300, access };
  const text = [header, claims].map((part) => base64url(JSON.stringify(part))).join('.');
  const key = { key: createPrivateKey(privateKey), dsaEncoding: 'ieee-p1363' as const };
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** `repository:a/b:pull,push` (spec/auth/scope.md) as what a token grants. */
export function accessOf(scope: string): TokenAccess {
  const [type = '', name = '', actions = ''] = scope.split(':');
  return { type, name, actions: actions.split(',') };
}

export function sha256(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
