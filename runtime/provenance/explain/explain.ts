import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { earlierRuns, explainedJob, type ExplainedJob, sameWork, type SameWork } from './facts.ts';
import { type MemberChange, memberChanges } from './member-changes.ts';
import { type DescribedRun, mostSimilar } from './most-similar.ts';

/**
 * Why a job did, or did not, take what an earlier one had made:
 * - `reused`: it did.
 * - `not-begun`: that is decided when it begins.
 * - `no-identity`: nobody knows what its outputs were made of: it did not complete, or an input changed under it.
 * - `reuse-off`: the work had been done, and neither the job nor its type allow to reuse.
 * - `files-gone`: the work had been done, and files of it are deleted, or were altered.
 * - `changed`: nothing of this identity had been done; `changes` says what differs from the most similar run.
 * - `never-run`: its type had not completed before.
 */
export const explanations = [
  'reused',
  'not-begun',
  'no-identity',
  'reuse-off',
  'files-gone',
  'changed',
  'never-run',
] as const;

export interface Explanation {
  readonly job_id: number;
  readonly status: string;
  readonly state: (typeof explanations)[number];
  /** In words. */
  readonly reason: string;
  readonly output_id: string | null;
  /** Whether it may reuse. */
  readonly reuse: boolean;
  /** What it is compared with; null: nothing. */
  readonly against: {
    readonly job_id: number;
    readonly job_exe_id: number;
    readonly output_id: string;
  } | null;
  /** From `against` to this job. */
  readonly changes: readonly MemberChange[];
}

/**
 * Explains why a job ran, or did not.
 * @param against a job to compare it with; undefined: the most similar earlier one
 * @returns undefined when there is no such job
 * @throws nothing-to-compare when `against` has no identity, or there is no such job
 */
export async function explain(db: Queries, id: number, against?: number): Promise<Explanation | undefined> {
  const job = await explainedJob(db, id);
  if (!job) return undefined;
  const { execution, reused } = job;
  const before = execution?.id ?? 0;
  const own = runOf(job);
  const same = own && !reused ? await sameWork(db, own.outputId, id, before) : undefined;
  const other = against === undefined ? await bestRun(db, job, own, same) : await namedRun(db, against);
  const changes = own && other ? memberChanges(other.description, own.description) : [];
  const compared =
    other ?? same ?? (reused?.jobId ? { jobId: reused.jobId, jobExeId: reused.jobExeId } : undefined);
  return {
    job_id: id,
    status: job.status,
    ...reasonOf(job, same, other, changes),
    output_id: own?.outputId ?? null,
    reuse: mayReuse(job),
    against: compared
      ? {
          job_id: compared.jobId,
          job_exe_id: compared.jobExeId,
          output_id: 'outputId' in compared ? (compared.outputId as string) : own!.outputId,
        }
      : null,
    changes,
  };
}

function mayReuse({ reuse, typeReuse }: ExplainedJob): boolean {
  return reuse ?? typeReuse;
}

function runOf({ id, execution }: ExplainedJob): DescribedRun | undefined {
  if (!execution?.outputId || !execution.description) return undefined;
  const { id: jobExeId, outputId, description } = execution;
  return { jobId: id, jobExeId, outputId, description };
}

/** Where nothing else explains it, the most similar earlier run does. */
async function bestRun(
  db: Queries,
  job: ExplainedJob,
  own: DescribedRun | undefined,
  same: SameWork | undefined,
): Promise<DescribedRun | undefined> {
  if (!own || same || job.reused) return undefined;
  return mostSimilar(own.description, await earlierRuns(db, job, own.jobExeId));
}

async function namedRun(db: Queries, id: number): Promise<DescribedRun> {
  const job = await explainedJob(db, id);
  const run = job && runOf(job);
  if (run) return run;
  const reason = job ? 'it has not completed, or an input changed under it' : 'there is no such job';
  throw new SeedbedError('nothing-to-compare', { job: id, reason });
}

function hasEnded(status: string): boolean {
  return ['COMPLETED', 'FAILED', 'CANCELED'].includes(status);
}

/** Says it. Pure. */
function reasonOf(
  job: ExplainedJob,
  same: SameWork | undefined,
  other: DescribedRun | undefined,
  changes: readonly MemberChange[],
): Pick<Explanation, 'state' | 'reason'> {
  const { execution, reused, status, type } = job;
  if (reused) {
    const whose = reused.jobId === null ? 'a job that is no more' : `job ${reused.jobId}`;
    return { state: 'reused', reason: `It did not run: it has what ${whose} made, which was the same work` };
  }
  if (!execution) {
    const reason = hasEnded(status) ? 'It never ran' : 'It has not begun; what it may reuse is decided then';
    return { state: 'not-begun', reason };
  }
  if (!execution.outputId)
    return {
      state: 'no-identity',
      reason: hasEnded(status)
        ? 'It has no identity: it did not complete, or an input changed under it'
        : 'It has no identity yet: it gets one when it completes',
    };
  if (same && !mayReuse(job))
    return {
      state: 'reuse-off',
      reason: `Job ${same.jobId} had done the same work; neither the job nor its job type allow to reuse that`,
    };
  if (same && execution.ignored !== null)
    return { state: 'reuse-off', reason: withoutStop(execution.ignored) };
  if (same)
    return {
      state: 'files-gone',
      reason:
        same.gone.length > 0
          ? `Job ${same.jobId} had done the same work, and its files are deleted: ${same.gone.join(', ')}`
          : `Job ${same.jobId} had done the same work, and a file of it was not there, or altered, when this one began`,
    };
  if (!other) return { state: 'never-run', reason: `No job of the type ${type} had completed before` };
  const count = changes.length;
  const [first] = changes;
  const rest = count > 1 ? `, and ${count - 1} more` : '';
  return {
    state: 'changed',
    reason: first
      ? `It is not what job ${other.jobId} did: ${first.member} ${words[first.kind]}${rest}`
      : `Job ${other.jobId} did the same work, after this one had begun`,
  };
}

const words = { changed: 'has changed', added: 'is new', removed: 'is no longer there' } as const;

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
