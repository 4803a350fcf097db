import { currentTls, expiryOf, problemOfFiles, type Tls } from './certificates.ts';

/** Node's words for a certificate of the engine that nobody known has signed. */
const unsigned = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
]);
/** An engine that wants another certificate of its client says so, or only hangs up. */
const refusals =
  /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED|HANDSHAKE|ACCESS)|^(ECONNRESET|EPIPE)$/;

/**
 * Why no connection with certificates came about, in words of who has to mend it.
 * @returns undefined where it was not for that
 */
export function tlsReason(thrown: unknown, given: Tls | undefined): string | undefined {
  const { code = '', message = '' } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
  const tls = given && currentTls(given);
  if (tls && (unsigned.has(code) || code.startsWith('ERR_OSSL_') || code === 'ERR_MISSING_PASSPHRASE')) {
    const problem = problemOfFiles(tls);
    if (problem !== undefined) return problem;
  }
  if (unsigned.has(code))
    return `its certificate is not signed by ${tls?.ca ? 'the CA in ca.pem' : 'any known CA'}`;
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired';
  if (code === 'CERT_NOT_YET_VALID') return 'its certificate is not valid yet';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is for another name (${message.split(': ').at(-1)})`;
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/.test(code) || /wrong version number/.test(message))
    return 'it does not speak TLS there';
  if (!tls || !(refusals.test(code) || /socket hang up/.test(message))) return undefined;
  if (!tls.cert || !tls.key)
    return 'it wants a certificate of its client, and cert.pem or key.pem is missing';
  const expired = expiryOf(tls.cert);
  if (expired) return `it refuses the certificate of its client: cert.pem has expired (${expired})`;
  const refusal = 'it refuses the certificate of its client, cert.pem';
  // An engine that is restarted hangs up, too.
  return /ALERT/.test(code) ? refusal : `it hung up; perhaps ${refusal}`;
}

/** Whether a failure came of certificates. */
export function isTlsFailure(thrown: unknown): boolean {
  const { code = '' } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>;
  return unsigned.has(code) || /^(ERR_SSL_|ERR_OSSL_|ERR_TLS_|ERR_MISSING_PASSPHRASE|CERT_)/.test(code);
}
