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
import { isToCome, judgeTask, referencesOf } from './judge-task.ts';
import type { JudgedTask } from './judged-task.ts';
import { notStaging } from './not-staging.ts';
import { tasksByUniqueId, type TaskRow } from './task.ts';
import { type Target, Targets } from './targets.ts';

/** A task that is not taken: there is one of its unique id, or something is wrong with it. */
export type UntakenTask =
  /** Whether it is the same is not known where files of it are not there yet. */
  | { readonly status: 409; readonly task: TaskRow; readonly samePayload: boolean | undefined }
  | { readonly status: 400; readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] };

/** A post whose shape is right. */
interface Shaped {
  readonly position: number;
  readonly post: TaskPost;
  readonly batch: BatchOfTasks | undefined;
  readonly digest: Buffer;
}

/** A post that would be taken. */
export type JudgedPost = Shaped & JudgedTask;

export interface PostsJudgement {
  /** By position. */
  readonly untaken: Map<number, UntakenTask>;
  readonly judged: readonly JudgedPost[];
}

/** How the tasks of a request are meant. */
export interface Posting {
  /** Of those that name none. */
  readonly batch?: BatchKey | undefined;
  /** Whether tasks may name files by what they will be called, as they are judged only. */
  readonly filesAreToCome?: boolean;
}

/**
 * Judges tasks, each by itself. A unique id that is known is looked up before anything is judged, so that what was sent before
 * is told so whatever has happened to its batch since.
 * The number of statements does not depend on how many tasks there are, but on how many batches and types they name.
 * @param posts bodies of `POST tasks/`, not judged yet
 */
export async function judgePosts(
  db: Database,
  context: SubmissionContext,
  posts: readonly unknown[],
  { batch: usual, filesAreToCome = false }: Posting,
): Promise<PostsJudgement> {
  const untaken = new Map<number, UntakenTask>();
  const refuse = (position: number, errors: readonly Finding[], warnings: readonly Finding[] = []) =>
    void untaken.set(position, { status: 400, errors, warnings });

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
  for (const [position, known] of await knownTasks(db, digested)) untaken.set(position, known);

  const targets = new Targets(db, context, db);
  const targeted: (Shaped & { readonly target: Target })[] = [];
  for (const one of digested) {
    if (untaken.has(one.position)) continue;
    const target = await targetOf(one, targets);
    if (Array.isArray(target)) refuse(one.position, target);
    else targeted.push({ ...one, target });
  }

  const named = await filesNamed(
    db,
    targeted.flatMap(({ post }) => referencesOf(post)),
  );
  const byId = new Map([...named.values()].map((file) => [file.id, file]));
  const files = { named, byId, areToCome: filesAreToCome };
  const judged: JudgedPost[] = [];
  for (const one of targeted) {
    const { payload, errors, warnings } = await judgeTask(one.post, one.target, files);
    if (payload) judged.push({ ...one, uniqueId: one.post.unique_id ?? null, payload, warnings });
    else refuse(one.position, errors, warnings);
  }
  return { untaken, judged };
}

/** Those of tasks whose unique ids are there, by position. */
export async function knownTasks(
  db: Database,
  given: readonly Pick<Shaped, 'position' | 'post' | 'digest'>[],
): Promise<Map<number, UntakenTask>> {
  const ids = given.flatMap(({ post }) => post.unique_id ?? []);
  const known = await tasksByUniqueId(db, ids);
  const found = new Map<number, UntakenTask>();
  for (const { position, post, digest } of given) {
    const existing = post.unique_id === undefined ? undefined : known.get(post.unique_id);
    if (!existing) continue;
    const { digest: before, ...task } = existing;
    const samePayload = namesFilesToCome(post) ? undefined : before.equals(digest);
    found.set(position, { status: 409, task, samePayload });
  }
  return found;
}

function namesFilesToCome({ input }: TaskPost): boolean {
  return Object.values(input.files ?? {}).some((references) => references.some(isToCome));
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
