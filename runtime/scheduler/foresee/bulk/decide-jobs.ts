import path from 'node:path';
import type { InputFile } from '../../../catalog/index.ts';
import type { Queries } from '../../../database/index.ts';
import { toSeedbedError } from '../../../errors/index.ts';
import { asJson, deliver } from '../../../execution/index.ts';
import { describedFile, type IdentityFile, wouldReuse } from '../../../provenance/index.ts';
import { notReused } from '../not-reused.ts';
import { cannotBeTold, type JobTemplate } from './job-template.ts';

/** A job that nobody has made: judged already. */
export interface PlannedJob {
  readonly template: JobTemplate;
  readonly files: Readonly<Record<string, readonly number[]>>;
  readonly json: Readonly<Record<string, unknown>>;
}

/** What would become of one. `reason` is the same for all of which the same is true: it names no job and no file. */
export interface JobFate {
  readonly action: 'RUN' | 'REUSE' | 'UNKNOWN';
  readonly reason: string;
  readonly outputId?: string;
  /** Of a job that would be reused. */
  readonly reuses?: { readonly jobExeId: number; readonly jobId: number };
}

/** Of what inputs are, so far as they are known. */
export interface KnownInputs {
  readonly files: ReadonlyMap<number, InputFile>;
  /** Of workspaces that cannot be reached from here, by id: why. */
  readonly unreachable: ReadonlyMap<number, string>;
}

/**
 * Decides on many jobs as `foreseeJob` does on one, and makes none of them: identities are worked out from templates, and
 * looked up all at once.
 * @returns what would become of each, in their order
 */
export async function decideJobs(
  tx: Queries,
  jobs: readonly PlannedJob[],
  known: KnownInputs,
): Promise<JobFate[]> {
  const identified = jobs.map((job) => identify(job, known));
  const asked = identified.filter((one): one is { readonly outputId: string } => 'outputId' in one);
  const found = await wouldReuse(tx, asked);
  let nth = 0;
  return identified.map((one, at) => {
    if (!('outputId' in one)) return one;
    return fateOf(jobs[at]!.template, one.outputId, found[nth++]!);
  });
}

function identify(
  { template, files, json }: PlannedJob,
  { files: rows, unreachable }: KnownInputs,
): JobFate | { readonly outputId: string } {
  if (template.fate) return template.fate;
  const inputs = new Map<string, IdentityFile[]>();
  let bytes = 0;
  let lacks: string | undefined;
  for (const [name, ids] of Object.entries(files)) {
    const found = ids.map((id) => rows.get(id)!);
    const names = namesOf(found);
    const described: IdentityFile[] = [];
    for (const [at, file] of found.entries()) {
      bytes += file.file_size;
      const problem = file.is_deleted ? 'a file has been deleted' : unreachable.get(file.workspaceId);
      if (problem !== undefined) return { action: 'RUN', reason: cannotBeTold(problem) };
      if (file.sha256 === null) lacks = 'The checksum of an input is not known yet';
      described.push({
        name: names[at]!,
        content: { sha256: file.sha256 ?? '' },
        about: describedFile(file),
      });
    }
    inputs.set(name, described);
  }
  if (lacks !== undefined) return { action: 'RUN', reason: lacks };
  const values = new Map(Object.entries(json).map(([name, value]) => [name, asJson(value)]));
  try {
    const { outputId } = template.identityOf({ files: inputs, json: values }, bytes);
    return { outputId };
  } catch (thrown) {
    return { action: 'RUN', reason: cannotBeTold(toSeedbedError(thrown).message) };
  }
}

/** Under which names a job sees the files of an input. */
function namesOf(files: readonly InputFile[]): string[] {
  const [first] = files;
  if (files.length === 1) return [path.basename(first!.file_path)];
  const sources = files.map(({ file_path, file_size }) => ({ path: file_path, size: file_size, mode: 0 }));
  return deliver(sources).map(({ deliveredName }) => deliveredName);
}

type Found = Awaited<ReturnType<typeof wouldReuse>>[number];

function fateOf({ kind, reuse, isForced }: JobTemplate, outputId: string, found: Found): JobFate {
  const runs = (reason: string): JobFate => ({ action: 'RUN', reason, outputId });
  if (found.reuses) {
    const { jobExeId, jobId } = found;
    if (reuse.reuses)
      return { action: 'REUSE', reason: 'The same work was done', outputId, reuses: { jobExeId, jobId } };
    return runs(reuse.warning?.description ?? notReused('The same work was done', isForced));
  }
  if (found.because === 'gone') return runs('The same work was done, and files of it are deleted');
  if (found.because === 'running') return runs('The same work is being done now, and is waited for');
  if (!kind.hasRun) return runs(`No job of the type ${kind.typeName} has completed before`);
  return runs('No completed job did the same work');
}
