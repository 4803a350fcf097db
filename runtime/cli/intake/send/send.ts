import { randomUUID } from 'node:crypto';
import { type Client, type Persistence, ServiceRefusal, type TaskResult } from '../../../client/index.ts';
import { SeedbedError, toSeedbedError } from '../../../errors/index.ts';
import type { FileToCome, ServiceReference } from '../rows/reference.ts';
import { isRefused, type ReadyTask, type RefusedTask } from '../rows/task.ts';
import type { TaskType } from '../rows/declared.ts';
import { Files, type FileWay, unsentFiles } from './files.ts';
import { inOrder } from './in-order.ts';
import { Limit } from './limit.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/**
 * Tasks in one request; fewer where files are to be sent with them, whose tasks wait for each other, and where they are large:
 * a body may have SEED_MAX_BODY_MIB, of which there is at least one. Bytes are of the values alone.
 */
const most = { tasks: 500, files: 40, bytes: 512 * 1024 };
/** Unique ids that are asked for in one address. */
const idsAtOnce = 50;

export interface Sending {
  readonly client: Client;
  /** Where a task without a batch says what it is. */
  readonly type: TaskType;
  /** Number of the batch of a task by the name that the task gives, undefined too; undefined: it has none. */
  readonly batchOf: (name: string | undefined) => number | undefined;
  /** Whether a batch takes no tasks any more, so that those of it that are not there fail, and none of their files is sent. */
  readonly isClosed?: (batch: number) => boolean;
  /** Requests at once. */
  readonly concurrency: number;
  /** Has the service judge them only: nothing is stored, and no file is sent. */
  readonly judgesOnly?: boolean;
  readonly persistence: Persistence;
  readonly signal: AbortSignal;
}

/**
 * Sends tasks, and tells what became of each, in their order. When the signal aborts, no more are begun, and what the service
 * was told is awaited.
 * @throws what the service refuses of all tasks alike; service-unreachable, token-refused
 */
export async function* sendTasks(
  tasks: AsyncIterable<ReadyTask | RefusedTask>,
  sending: Sending,
): AsyncGenerator<Outcome[]> {
  const limit = new Limit(sending.concurrency);
  const { client, persistence, signal, concurrency, judgesOnly } = sending;
  const files = judgesOnly ? unsentFiles : new Files(client, limit, persistence, signal);
  yield* inOrder(chunks(tasks, sending), concurrency, (chunk) => sendChunk(chunk, sending, files, limit));
}

async function* chunks(
  tasks: AsyncIterable<ReadyTask | RefusedTask>,
  { signal, judgesOnly }: Sending,
): AsyncGenerator<(ReadyTask | RefusedTask)[]> {
  let chunk: (ReadyTask | RefusedTask)[] = [];
  let [files, bytes] = [0, 0];
  for await (const task of tasks) {
    if (signal.aborted) return;
    const size = isRefused(task) ? 0 : bytesOf(task);
    // One that is larger than all that a chunk may have goes by itself, so that no other is refused with it.
    if (chunk.length > 0 && bytes + size > most.bytes) {
      yield chunk;
      [chunk, files, bytes] = [[], 0, 0];
    }
    chunk.push(task);
    bytes += size;
    if (!isRefused(task) && !judgesOnly) files += toSend(task);
    if (chunk.length < most.tasks && files < most.files) continue;
    yield chunk;
    [chunk, files, bytes] = [[], 0, 0];
  }
  if (chunk.length > 0) yield chunk;
}

/** What grows without bound in a task, as it is sent. */
function bytesOf({ json, settings, files }: ReadyTask): number {
  return Buffer.byteLength(JSON.stringify([...json, ...settings, ...files]));
}

function toSend({ files }: ReadyTask): number {
  return [...files.values()].flat().filter((file) => 'local' in file || 'fetch' in file).length;
}

async function sendChunk(
  chunk: readonly (ReadyTask | RefusedTask)[],
  sending: Sending,
  files: FileWay,
  limit: Limit,
): Promise<Outcome[]> {
  const outcomes = new Map<number, Outcome>();
  const ready: ReadyTask[] = [];
  for (const task of chunk)
    if (!isRefused(task)) ready.push(task);
    else outcomes.set(task.number, { ...task, kind: 'failed' });
  for (const outcome of await thereAlready(ready, sending, limit)) outcomes.set(outcome.number, outcome);

  const posts = new Map<number | undefined, { task: ReadyTask; post: Post }[]>();
  await Promise.all(
    ready
      .filter(({ number }) => !outcomes.has(number))
      .map(async (task) => {
        const post = await prepare(task, sending, files);
        if (!post) return;
        if (post instanceof SeedbedError) return void outcomes.set(task.number, failed(task, post));
        const batch = sending.batchOf(task.batch);
        const group = posts.get(batch) ?? [];
        posts.set(batch, group);
        group.push({ task, post });
      }),
  );
  await Promise.all(
    [...posts].map(async ([batch, group]) => {
      group.sort((a, b) => a.task.number - b.task.number);
      const results = await limit.run(() => add(sending, batch, group));
      for (const [at, { task }] of group.entries())
        outcomes.set(task.number, outcomeOf(task, results[at] ?? lacking));
    }),
  );
  return inOrderOf(chunk, outcomes);
}

/** One that is too large for the service is refused alone; where there are several, each is sent by itself. */
async function add(
  sending: Sending,
  batch: number | undefined,
  group: readonly { readonly post: Post }[],
): Promise<readonly TaskResult[]> {
  const { client, persistence } = sending;
  const posts = group.map(({ post }) => post);
  try {
    if (sending.judgesOnly) return await client.judgeTasks(batch, posts, { persistence });
    return await client.addTasks(batch, posts, { persistence });
  } catch (thrown) {
    if (!(thrown instanceof ServiceRefusal && thrown.error === 'body-too-large')) throw thrown;
    if (group.length === 1)
      return [{ status: 400, errors: [{ name: 'none', description: thrown.sentence }] }];
    const results: TaskResult[] = [];
    for (const one of group) results.push(...(await add(sending, batch, [one])));
    return results;
  }
}

const tooLate = new SeedbedError('intake-task-late', {});

/** A task as it is sent. */
type Post = Readonly<Record<string, unknown>>;

const lacking: TaskResult = {
  status: 400,
  errors: [{ name: 'none', description: 'the service did not say what became of it' }],
};

function inOrderOf(
  chunk: readonly (ReadyTask | RefusedTask)[],
  outcomes: ReadonlyMap<number, Outcome>,
): Outcome[] {
  return chunk.flatMap(({ number }) => outcomes.get(number) ?? []);
}

/**
 * Gives its files to the service; what goes wrong with them is the task's own fault.
 * @returns undefined when the user stopped it meanwhile
 */
async function prepare(
  task: ReadyTask,
  { type, batchOf, judgesOnly, signal }: Sending,
  files: FileWay,
): Promise<Post | SeedbedError | undefined> {
  const given: Record<string, (ServiceReference | FileToCome)[]> = {};
  try {
    for (const [name, references] of task.files)
      given[name] = await Promise.all(references.map((one) => files.reference(one)));
  } catch (thrown) {
    if (signal.aborted) return undefined;
    const error = toSeedbedError(thrown);
    if (error.exit === 3) throw error;
    return error;
  }
  return {
    // Sent again after an answer that was lost, it must be known again: where it has no id, one is made up.
    unique_id: task.uniqueId ?? (judgesOnly ? undefined : `seed-batch:${randomUUID()}`),
    ...(batchOf(task.batch) === undefined && type),
    input: { files: given, json: Object.fromEntries(task.json) },
    ...(task.settings.size > 0 && { configuration: { settings: Object.fromEntries(task.settings) } }),
    ...(task.priority !== undefined && { priority: task.priority }),
  };
}

/**
 * Of the tasks whose files would be fetched, those that are there: they are not fetched again. And of batches that take no tasks
 * any more, those that are not there.
 */
async function thereAlready(
  tasks: readonly ReadyTask[],
  { client, persistence, batchOf, isClosed = () => false }: Sending,
  limit: Limit,
): Promise<Outcome[]> {
  const isFetched = ({ files }: ReadyTask) => [...files.values()].flat().some((file) => 'fetch' in file);
  const isLate = ({ batch }: ReadyTask) => {
    const id = batchOf(batch);
    return id !== undefined && isClosed(id);
  };
  const named = tasks.filter((task) => task.uniqueId !== undefined && (isFetched(task) || isLate(task)));
  const found = new Map<string, number>();
  for (let at = 0; at < named.length; at += idsAtOnce) {
    const ids = named.slice(at, at + idsAtOnce).map(({ uniqueId }) => uniqueId!);
    const query = { unique_id: ids, page_size: idsAtOnce };
    const { results } = await limit.run(() => client.tasks(query, persistence));
    for (const { id, unique_id: uniqueId } of results) found.set(uniqueId!, id);
  }
  return tasks.flatMap((task) => {
    const { number, where, uniqueId } = task;
    const taskId = uniqueId === undefined ? undefined : found.get(uniqueId);
    if (taskId === undefined) return isLate(task) ? [failed(task, tooLate)] : [];
    return isFetched(task) ? [{ number, where, uniqueId, kind: 'there' as const, taskId }] : [];
  });
}

function failed({ number, where, uniqueId }: ReadyTask, error: SeedbedError): Outcome {
  return { number, where, uniqueId, kind: 'failed', error, column: null };
}
