import type { S3Client } from '@aws-sdk/client-s3';
import { SeedbedError } from '../../errors/index.ts';
import { s3Error } from './errors.ts';
import { type S3Limits, s3Limits, type S3Settings } from './settings.ts';

type Sdk = typeof import('@aws-sdk/client-s3');
type Client = InstanceType<Sdk['S3Client']>;

/** A bucket and the client that talks to it. The library is loaded at the first request: it takes 150 ms. */
export class S3Connection {
  readonly workspace: string;
  readonly bucket: string;
  /** '' or with a slash at the end. */
  readonly prefix: string;
  readonly limits: S3Limits;
  readonly #settings: S3Settings;
  #opened: Promise<{ sdk: Sdk; client: Client }> | undefined;

  /** @param workspace its name, for messages */
  constructor(workspace: string, settings: S3Settings) {
    this.workspace = workspace;
    this.bucket = settings.bucket;
    const prefix = (settings.prefix ?? '').replace(/^\/+|\/+$/g, '');
    this.prefix = prefix && `${prefix}/`;
    this.limits = { ...s3Limits, ...settings.limits };
    this.#settings = settings;
  }

  /** For messages: `s3://bucket/prefix at http://...`. */
  get where(): string {
    const { endpoint } = this.#settings;
    return `s3://${this.bucket}/${this.prefix}${endpoint === undefined ? '' : ` (${endpoint})`}`;
  }

  /** @throws path-invalid when S3 takes no key of that length */
  key(filePath: string): string {
    const key = `${this.prefix}${filePath}`;
    if (Buffer.byteLength(key) <= 1024) return key;
    throw new SeedbedError('path-invalid', {
      path: `${filePath.slice(0, 100)}...`,
      workspace: this.workspace,
      problem: 'with the prefix of the workspace it has more than 1024 bytes',
    });
  }

  /**
   * Sends requests; what they throw becomes an error of the registry.
   * @param action for messages: `list files`
   */
  async use<Value>(action: string, work: (client: Client, sdk: Sdk) => Promise<Value>): Promise<Value> {
    try {
      const { client, sdk } = await this.open();
      return await work(client, sdk);
    } catch (thrown) {
      throw s3Error(thrown, { workspace: this.workspace, where: this.where, bucket: this.bucket, action });
    }
  }

  open(): Promise<{ sdk: Sdk; client: S3Client }> {
    return (this.#opened ??= this.#connect());
  }

  close(): void {
    void this.#opened?.then(({ client }) => client.destroy()).catch(() => undefined);
    this.#opened = undefined;
  }

  async #connect() {
    // It warns of the Node release on standard error; which releases Seedbed runs on is its own affair.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const { s3: sdk } = await import('./sdk.ts');
    const { endpoint, pathStyle = endpoint !== undefined, region, credentials } = this.#settings;
    const { connectMs, idleMs, attempts } = this.limits;
    const client = new sdk.S3Client({
      region: region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1',
      forcePathStyle: pathStyle,
      maxAttempts: attempts,
      // Newer checksums are not known to every store; each body that is sent has its MD5, which all of them check.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: connectMs, socketTimeout: idleMs },
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(credentials && { credentials }),
    });
    return { sdk, client };
  }
}
