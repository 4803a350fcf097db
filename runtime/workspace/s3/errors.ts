import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';

/** What the library throws. */
interface S3Failure {
  readonly name?: string;
  readonly Code?: string;
  readonly message?: string;
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Record<string, string> };
}

/** What may be gone with the next try, whichever store says it. */
const passing = [
  ...['TimeoutError', 'RequestTimeout', 'SlowDown', 'InternalError', 'ServiceUnavailable', 'Throttling'],
  ...['ThrottlingException', 'RequestLimitExceeded', 'NetworkingError', 'IncompleteBody'],
];

const network = [
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  ...['ERR_STREAM_PREMATURE_CLOSE', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'EPROTO'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

const denials: Readonly<Record<string, string>> = {
  AccessDenied: 'the credentials do not permit it',
  Forbidden: 'the credentials do not permit it',
  InvalidAccessKeyId: 'it does not know the access key',
  SignatureDoesNotMatch: 'the secret key is not that of the access key',
  ExpiredToken: 'the credentials have expired',
  RequestTimeTooSkewed: 'the clock of this machine is wrong',
  CredentialsProviderError: 'there are no credentials, neither in its configuration nor in the environment',
};

const elsewhere = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'];

/**
 * What a request to a bucket threw as an error of the registry.
 * @param where for messages; `action` as `list files`
 */
export function s3Error(
  thrown: unknown,
  { workspace, where, bucket, action }: { workspace: string; where: string; bucket: string; action: string },
): unknown {
  const failure = (thrown ?? {}) as S3Failure;
  if (thrown instanceof SeedbedError || failure.name === 'AbortError') return thrown;
  const name = failure.Code ?? failure.name ?? '';
  const status = failure.$metadata?.httpStatusCode ?? 0;
  const refused = (reason: string) =>
    new SeedbedError('workspace-refused', { workspace, where, action, reason }, { cause: thrown });
  const said = reasonOf(thrown);
  const isGarbled = /parse error|Deserialization error/i.test(said);
  if (isPassing(thrown)) {
    const reason =
      said === 'UnknownError' || said === '' || isGarbled ? `it answers ${status || name}` : said;
    return new SeedbedError('workspace-unreachable', { workspace, where, reason }, { cause: thrown });
  }
  // As the web pages of a store, on the port beside.
  if (isGarbled) return refused('what answers there does not speak S3');
  if (name === 'NoSuchBucket') return refused(`there is no bucket ${bucket}`);
  if (elsewhere.includes(name) || status === 301) {
    const region = failure.Region ?? failure.$response?.headers?.['x-amz-bucket-region'];
    return refused(`the bucket is in another region${region === undefined ? '' : `, ${region}`}`);
  }
  const denial = denials[name] ?? (status === 403 ? denials.AccessDenied : undefined);
  if (denial !== undefined) return refused(denial);
  return refused(`${name}${failure.message === 'UnknownError' ? '' : `: ${said}`}`);
}

/** Whether it says that there is no such object, or upload. */
export function isAbsent(thrown: unknown): boolean {
  return ['NoSuchKey', 'NotFound', 'NoSuchUpload'].includes((thrown as S3Failure | null)?.name ?? '');
}

export function isBeyondEnd(thrown: unknown): boolean {
  const failure = thrown as S3Failure | null;
  return failure?.name === 'InvalidRange' || failure?.$metadata?.httpStatusCode === 416;
}

/** Whether another try may succeed: the store, or the way to it, is in trouble. */
export function isPassing(thrown: unknown): boolean {
  const { name, Code, $metadata } = (thrown ?? {}) as S3Failure;
  const status = $metadata?.httpStatusCode ?? 0;
  if (isErrno(thrown, ...network) || passing.includes(Code ?? name ?? '')) return true;
  // No answer, and no name of its own: the library wraps what came out of the network.
  return status >= 500 || status === 429 || (status === 0 && Code === undefined && name === 'Error');
}
