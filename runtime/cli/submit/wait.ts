import type { Client, JobDetails } from '../../client/index.ts';
import type { ExitCode } from '../../errors/index.ts';
import { Interruption } from '../interruption.ts';
import { PlainProgress } from '../progress/plain.ts';
import { write } from '../progress/writer.ts';
import { emptyDraft } from '../run/document.ts';
import { makeOutputDirectory, type OutputDirectory } from '../run/output-directory.ts';
import { summary } from '../run/summary.ts';
import { watchJob } from '../service/watch-job.ts';
import { dropDirectory, fetchOutputs } from './fetch-outputs.ts';
import type { SubmitOptions } from './options.ts';
import { addJob } from './result.ts';
import type { Submission } from './submission.ts';

/**
 * Stays with a job to its end and prints its result, as `seed-run` does. A signal ends the waiting, and the job goes on.
 * @returns the exit code
 */
export async function waitForResult(
  client: Client,
  submission: Submission,
  options: SubmitOptions,
  started: Date,
  tell: (line: string) => void,
): Promise<0 | ExitCode> {
  const { id, warnings } = submission.job;
  const interruption = new Interruption();
  try {
    tell(`job ${id} is submitted`);
    const job = await interruption.unlessStopped(follow(client, id, options, tell));
    return await interruption.unlessStopped(
      finish(client, submission, job, options, { ...emptyDraft(started), warnings: [...warnings] }),
    );
  } catch (thrown) {
    if (!interruption.signal.aborted) throw thrown;
    process.stderr.write(
      `seed submit: job ${id} goes on; \`seed logs ${id} -f\` follows it, \`seed cancel ${id}\` stops it\n`,
    );
    interruption.end();
    process.kill(process.pid, interruption.signal.reason as NodeJS.Signals);
    return 1;
  } finally {
    interruption.end();
  }
}

async function follow(
  client: Client,
  id: number,
  { quiet, format }: SubmitOptions,
  tell: (line: string) => void,
): Promise<JobDetails> {
  const progress = quiet || format === 'json' ? undefined : new PlainProgress(process.stderr);
  try {
    return await watchJob(client, id, {
      tell,
      selection: 'combined',
      log: async (piece) => progress?.log(piece),
    });
  } finally {
    await progress?.close();
  }
}

async function finish(
  client: Client,
  { manifest, sent }: Submission,
  job: JobDetails,
  { outDir, format, quiet }: SubmitOptions,
  draft: ReturnType<typeof emptyDraft>,
): Promise<0 | ExitCode> {
  const { job: named } = manifest;
  const files = job.output?.files ?? {};
  let directory: OutputDirectory | undefined;
  let local = new Map<number, { path: string; sha256: string | null }>(sent);
  if (outDir !== undefined && job.status === 'COMPLETED') {
    directory = await makeOutputDirectory(outDir, named.name, new Date());
    try {
      local = new Map([...local, ...(await fetchOutputs(client, files, directory))]);
    } finally {
      await dropDirectory(directory, Object.keys(files).length === 0);
    }
  }
  const exit = await addJob(draft, client, job, local);
  draft.ended = new Date().toISOString();
  if (format === 'json') await write(process.stdout, `${JSON.stringify(draft, null, 2)}\n`);
  else if (!quiet || draft.error)
    await write(
      draft.error ? process.stderr : process.stdout,
      summary(draft, `${named.name} ${named.jobVersion}`, directory?.path ?? null),
    );
  return exit;
}
