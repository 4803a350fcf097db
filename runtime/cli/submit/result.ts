import type { Client, JobDetails } from '../../client/index.ts';
import { type ExitCode, registry } from '../../errors/index.ts';
import type { Draft } from '../run/document.ts';
import { errorOf, type ErrorMember } from '../service/job-error.ts';
import { fileDocuments, type LocalFiles } from './file-documents.ts';

/** Fills in what a job has come to, as `seed-run` would have it. @returns the exit code */
export async function addJob(
  draft: Draft,
  client: Client,
  job: JobDetails,
  local: LocalFiles,
): Promise<0 | ExitCode> {
  const { execution, input, output } = job;
  draft.image = job.job_type_rev.docker_image;
  draft.resources = { ...job.resources.resources };
  draft.status = job.status === 'COMPLETED' ? 'completed' : 'failed';
  draft.exit_code = execution?.exit_code ?? null;
  draft.error = errorOf(job);
  draft.steps = [...(execution?.steps ?? [])];
  draft.inputs = { files: await fileDocuments(client, input.files ?? {}, local), json: { ...input.json } };
  draft.outputs = {
    files: await fileDocuments(client, output?.files ?? {}, local),
    json: { ...output?.json },
  };
  if (execution)
    draft.logs = {
      stdout: client.logAddress(execution.id, 'stdout'),
      stderr: client.logAddress(execution.id, 'stderr'),
    };
  return exitOf(draft.error);
}

/** A job that ran and failed is a 1, whatever its own rejections' codes say; the machinery's errors are a 3. */
function exitOf(error: ErrorMember | null): 0 | ExitCode {
  if (!error) return 0;
  return Object.values(registry).find(({ code }) => code === error.code)?.exit ?? 1;
}
