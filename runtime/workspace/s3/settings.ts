/** Where a bucket is, and how to talk to it. */
export interface S3Settings {
  readonly bucket: string;
  /** Before the paths of all its files, as a directory; '' or undefined: the whole bucket. */
  readonly prefix?: string | undefined;
  /** e.g. `http://127.0.0.1:9000`; undefined: that of AWS. */
  readonly endpoint?: string | undefined;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`; default: with an endpoint of its own. */
  readonly pathStyle?: boolean | undefined;
  /** Default: AWS_REGION, else us-east-1. */
  readonly region?: string | undefined;
  /** Undefined: those of the usual AWS environment. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly limits?: Partial<S3Limits> | undefined;
}

/** What S3 prescribes, and how long it may take; tests have smaller ones. */
export interface S3Limits {
  /** Bytes of a part; S3 takes 5 MiB to 5 GiB, and at most 10,000 of them. */
  readonly partBytes: number;
  /** Above it a copy is made part by part: 5 GiB. */
  readonly copyBytes: number;
  /** Milliseconds to a connection. */
  readonly connectMs: number;
  /** Milliseconds without a byte. */
  readonly idleMs: number;
  /** Of one request. */
  readonly attempts: number;
}

export const s3Limits: S3Limits = {
  partBytes: 8 * 2 ** 20,
  copyBytes: 5 * 2 ** 30,
  connectMs: 5_000,
  idleMs: 30_000,
  attempts: 4,
};
