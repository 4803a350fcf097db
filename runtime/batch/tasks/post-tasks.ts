import {
  type Finding,
  findUnstorable,
  type TaskPost,
  taskPostValidator,
} from '../../../seed-schema/index.ts';
import { filesNamed } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import type { SubmissionContext } from '../../scheduler/index.ts';
import { batchesNamed, type BatchKey, type BatchOfTasks } from './batches.ts';
import { digestOf } from './digest.ts';
import { judgeTask, referencesOf } from './judge-task.ts';
import type { JudgedTask } from './judged-task.ts';
import { notStaging } from './not-staging.ts';
import { storeAlone } from './store-alone.ts';
import { storeStaged } from './store-staged.ts';
import { tasksById, tasksByUniqueId, type TaskRow } from './task.ts';
import { type Target, Targets } from './targets.ts';

/** What became of a task that was posted. */
export type PostedTask =
  | { readonly status: 201; readonly task: TaskRow; readonly warnings: readonly Finding[] }
  /** There is one of its unique id. */
  | { readonly status: 409; readonly task: TaskRow; readonly samePayload: boolean }
  | { readonly status: 400; readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] };

/** A post whose shape is right. */
interface Shaped {
  readonly position: number;
  readonly post: TaskPost;
  readonly batch: BatchOfTasks | undefined;
  readonly digest: Buffer;
}

/**
 * Takes tasks, each by itself: stages those of a batch, begins those by themselves. A unique id that is known is looked up
 * before anything is judged, so that what was sent before is told so whatever has happened to its batch since.
 * The number of statements does not depend on how many tasks there are, but on how many batches and types they name.
 * @param posts bodies of `POST tasks/`, not judged yet
 * @param batch of those that name none
 * @returns what became of each, in their order
 */
export async function postTasks(
  db: Database,
  context: SubmissionContext,
  posts: readonly unknown[],
  { actor, batch: usual }: { readonly actor: string; readonly batch?: BatchKey | undefined },
): Promise<PostedTask[]> {
  const outcomes: PostedTask[] = [];
  const refuse = (position: number, errors: readonly Finding[], warnings: readonly Finding[] = []) => {
    outcomes[position] = { status: 400, errors, warnings };
  };

  const shaped = posts.flatMap((document, position) => {
    const errors = shapeErrors(document);
    if (errors.length > 0) refuse(position, errors);
    const post = document as TaskPost;
    return errors.length > 0 ? [] : [{ position, post, key: post.batch ?? usual }];
  });
  const batches = await batchesNamed(db, new Set(shaped.flatMap(({ key }) => key ?? [])));
  const digested = shaped.map(({ position, post, key }) => {
    const batch = key === undefined ? undefined : batches.get(key);
    return { position, post, key, batch, digest: digestOf(post, batch?.id ?? key ?? null) };
  });

  const answerKnown = async (given: readonly Shaped[]): Promise<Set<number>> => {
    const ids = given.flatMap(({ post }) => post.unique_id ?? []);
    const known = await tasksByUniqueId(db, ids);
    const answered = new Set<number>();
    for (const { position, post, digest } of given) {
      const existing = post.unique_id === undefined ? undefined : known.get(post.unique_id);
      if (!existing) continue;
      const { digest: before, ...task } = existing;
      outcomes[position] = { status: 409, task, samePayload: before.equals(digest) };
      answered.add(position);
    }
    return answered;
  };
  const answered = await answerKnown(digested);

  const targets = new Targets(db, context, db);
  const targeted: (Shaped & { readonly target: Target })[] = [];
  for (const one of digested) {
    if (answered.has(one.position)) continue;
    const target = await targetOf(one, targets);
    if (Array.isArray(target)) refuse(one.position, target);
    else targeted.push({ ...one, target });
  }

  const named = await filesNamed(
    db,
    targeted.flatMap(({ post }) => referencesOf(post)),
  );
  const byId = new Map([...named.values()].map((file) => [file.id, file]));
  const judged: (Shaped & JudgedTask)[] = [];
  for (const one of targeted) {
    const { payload, errors, warnings } = await judgeTask(one.post, one.target, { named, byId });
    if (payload) judged.push({ ...one, uniqueId: one.post.unique_id ?? null, payload, warnings });
    else refuse(one.position, errors, warnings);
  }

  const staged = judged.filter(({ batch }) => batch !== undefined);
  const alone = judged.filter(({ batch }) => batch === undefined);
  const stored = new Map([
    ...(await storeStaged(db, staged, actor)),
    ...(await storeAlone(db, context, alone, actor)),
  ]);
  const rows = await tasksById(
    db,
    [...stored.values()].flatMap((one) => (typeof one === 'number' ? one : [])),
  );
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const others = judged.filter((task) => {
    const made = stored.get(task);
    if (typeof made === 'number')
      outcomes[task.position] = { status: 201, task: rowOf.get(made)!, warnings: task.warnings };
    else refuse(task.position, made ?? []);
    return typeof made !== 'number';
  });
  // What was there, or has come meanwhile; also where its batch has been finalized since.
  await answerKnown(others);
  return outcomes;
}

function shapeErrors(document: unknown): Finding[] {
  const problems = taskPostValidator.problems(document);
  const errors = problems.map(({ path, description }) => ({ name: 'INVALID_DATA', path, description }));
  const unstorable = errors.length === 0 ? findUnstorable(document) : undefined;
  if (unstorable)
    errors.push({
      name: 'INVALID_DATA',
      path: unstorable.path,
      description: `${unstorable.path} ${unstorable.problem}`,
    });
  return errors;
}

/** What a task runs; or what is wrong with how it names that. */
async function targetOf(
  { post, key, batch }: Shaped & { readonly key: BatchKey | undefined },
  targets: Targets,
): Promise<Target | Finding[]> {
  const error = (name: string, path: string, description: string) => [{ name, path, description }];
  if (key !== undefined && !batch) return error('UNKNOWN_BATCH', 'batch', `There is no batch ${key}`);
  if (batch && batch.state !== 'STAGING') return [notStaging(batch)];
  const isNamed = post.recipe_type !== undefined || post.job_type !== undefined;
  if (post.recipe_type && post.job_type)
    return error('AMBIGUOUS_TYPE', 'job_type', 'Give either recipe_type or job_type');
  const named = isNamed ? await targets.named(post) : undefined;
  const path = post.job_type ? 'job_type' : 'recipe_type';
  if (isNamed && !named) {
    const { name, ...rest } = (post.job_type ?? post.recipe_type)!;
    const words = [name, ...Object.values(rest)].join(' ');
    return error('UNKNOWN_TYPE', path, `There is no ${path.replace('_', ' ')} ${words}`);
  }
  if (!batch)
    return (
      named ?? error('PARAM_REQUIRED', 'recipe_type', 'Give a batch, or what is run: recipe_type or job_type')
    );
  const own = await targets.ofBatch(batch);
  if (named && !isSame(named, own, post))
    return error('MISMATCHED_TYPE', path, `The batch ${batch.name ?? batch.id} runs the ${own.words}`);
  return own;
}

/** A type without a revision means that of the batch, whichever it is. */
function isSame(named: Target, own: Target, { recipe_type: type }: TaskPost): boolean {
  if (named.kind === 'job') return own.kind === 'job' && own.type.id === named.type.id;
  if (own.kind === 'job') return false;
  if (type?.revision_num !== undefined) return own.plan.revisionId === named.plan.revisionId;
  return own.plan.recipeTypeId === named.plan.recipeTypeId;
}
