import { createHmac } from 'node:crypto';

/**
 * The headers that a receiver checks, as Standard Webhooks has them: `v1,` and the HMAC-SHA256 of `ID.TIMESTAMP.BODY` in
 * base64.
 * @param secret `whsec_` and the key in base64; else its bytes are the key
 * @param at seconds since 1970
 */
export function signedHeaders(secret: string, id: string, at: number, body: string): Record<string, string> {
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${at}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${signature}`,
  };
}

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
}
