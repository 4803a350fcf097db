import { setTimeout as delay } from 'node:timers/promises';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { S3Monitor } from '../../../seed-schema/index.ts';
import type { FileEntry } from '../../workspace/index.ts';
import { queueCredentials } from '../queue-credentials.ts';
import type { IngestContext, StrikeTask } from './context.ts';
import type { Intake } from './intake.ts';
import { takeEntries } from './listing-monitor.ts';
import { takeOpen } from './resume.ts';
import { createdObjects } from './s3-events.ts';
import type { Monitor } from './strike.ts';

/** A receive waits for so long, seconds; and how long others do not see what was received. */
const [waitSeconds, hiddenSeconds] = [20, 300];
const mostMessages = 10;

/** What a bucket's notifications are compared with. */
interface Bucket {
  readonly name: string;
  /** What all keys of the workspace begin with. */
  readonly prefix: string;
}

/**
 * Reads a bucket's notifications from a queue as SQS has them. A message is deleted when the rows of its files are
 * written; one that cannot be read stays, so that the queue's own rules put it aside.
 */
export class QueueMonitor implements Monitor {
  readonly #context: IngestContext;
  readonly #task: StrikeTask;
  readonly #intake: Intake;
  readonly #client: SQSClient;
  readonly #url: string;
  readonly #bucket: Bucket;

  private constructor(
    context: IngestContext,
    task: StrikeTask,
    intake: Intake,
    client: SQSClient,
    queue: { readonly url: string; readonly bucket: Bucket },
  ) {
    this.#context = context;
    this.#task = task;
    this.#intake = intake;
    this.#client = client;
    this.#url = queue.url;
    this.#bucket = queue.bucket;
  }

  static async open(
    context: IngestContext,
    task: StrikeTask,
    { sqs_name: name = '', region_name, endpoint_url }: S3Monitor,
    intake: Intake,
  ): Promise<QueueMonitor> {
    const { GetQueueUrlCommand, SQSClient } = await import('./sqs.ts');
    const isUrl = /^https?:\/\//.test(name);
    const credentials = await queueCredentials(context.db, context.config, task.id);
    const client = new SQSClient({
      region: region_name ?? process.env.AWS_REGION ?? 'us-east-1',
      ...(endpoint_url !== undefined && { endpoint: endpoint_url }),
      ...(isUrl && { endpoint: new URL(name).origin, useQueueUrlAsEndpoint: true }),
      ...(credentials && {
        credentials: {
          accessKeyId: credentials.access_key_id,
          secretAccessKey: credentials.secret_access_key,
        },
      }),
    });
    try {
      const url = isUrl
        ? name
        : (await client.send(new GetQueueUrlCommand({ QueueName: name }), { abortSignal: intake.signal }))
            .QueueUrl!;
      const bucket = await bucketOf(context, intake.workspace.id);
      return new QueueMonitor(context, task, intake, client, { url, bucket });
    } catch (thrown) {
      client.destroy();
      throw thrown;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  async resume(): Promise<void> {
    await takeOpen(this.#context.db, this.#intake);
  }

  async look(): Promise<number> {
    await this.#intake.tryAgain();
    const { nextTry, signal } = this.#intake;
    const { ReceiveMessageCommand } = await import('./sqs.ts');
    const wait = Math.min(waitSeconds, Math.ceil((nextTry ?? waitSeconds * 1000) / 1000));
    const { Messages: messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#url,
        MaxNumberOfMessages: mostMessages,
        WaitTimeSeconds: wait,
        VisibilityTimeout: hiddenSeconds,
      }),
      { abortSignal: signal },
    );
    if (messages.length > 0) await this.#takeMessages(messages);
    return 0;
  }

  async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#intake.signal }).catch(() => undefined);
  }

  async #takeMessages(messages: readonly Message[]): Promise<void> {
    const { DeleteMessageCommand } = await import('./sqs.ts');
    const readable: Message[] = [];
    const paths = new Set<string>();
    for (const message of messages) {
      const objects = createdObjects(message.Body ?? '');
      if (!objects) {
        this.#context.logger.warn(
          { strike: this.#task.id, message: message.MessageId },
          'a message of the queue is no notification of S3, and is left to the rules of the queue',
        );
        continue;
      }
      readable.push(message);
      for (const { bucket, key } of objects) {
        const path = this.#pathOf(bucket, key);
        if (path !== undefined) paths.add(path);
      }
    }
    const entries: FileEntry[] = [];
    for (const path of paths) {
      // What was deleted or replaced meanwhile has, or will have, a message of its own.
      const entry = await this.#intake.workspace.stat(path);
      if (entry) entries.push(entry);
    }
    await takeEntries(this.#context, this.#intake, entries);
    for (const { ReceiptHandle } of readable)
      await this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle }), {
        abortSignal: this.#intake.signal,
      });
  }

  #pathOf(bucket: string, key: string): string | undefined {
    const { name, prefix } = this.#bucket;
    return bucket === name && key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
  }
}

async function bucketOf({ db }: IngestContext, workspaceId: number): Promise<Bucket> {
  const [row] = await db.query<{ name: string | null; prefix: string | null }>(
    `select json_config #>> '{broker,bucket_name}' as name, json_config #>> '{broker,prefix}' as prefix
     from workspace where id = $1`,
    [workspaceId],
  );
  const prefix = row?.prefix?.replace(/^\/+|\/+$/g, '') ?? '';
  return { name: row?.name ?? '', prefix: prefix === '' ? '' : `${prefix}/` };
}
