import type { AcceptedJob } from '../../client/index.ts';
import { readConfig } from '../../config/index.ts';
import { type ExitCode, SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { emptyDraft, errorDocument } from '../run/document.ts';
import { safe } from '../progress/job-lines.ts';
import { write } from '../progress/writer.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import type { SubmitOptions } from './options.ts';
import { submitJob } from './submission.ts';
import { waitForResult } from './wait.ts';

/**
 * `seed submit TARGET`.
 * @returns 0 submitted, or with `--wait` what `seed-run` would return
 * @throws what is wrong with the command line; what the service refuses
 */
export async function submit(target: string, options: SubmitOptions): Promise<0 | ExitCode> {
  if (options.outDir !== undefined && !options.wait)
    throw new SeedbedError('invalid-usage', { problem: '-o fetches what comes out in the end; add --wait' });
  const tell = options.quiet || options.format === 'json' ? () => undefined : say;
  const started = new Date();
  try {
    const config = readConfig();
    const client = await openClient(config);
    const submission = await submitJob(client, target, options, config, tell);
    if (options.wait) return await waitForResult(client, submission, options, started, tell);
    const { job } = submission;
    for (const { name, description } of job.warnings) say(`warning ${name}: ${description}`);
    await print(options.format, receipt(job), () => `${job.id}\n`);
    return 0;
  } catch (thrown) {
    if (!options.wait || options.format !== 'json') throw thrown;
    const error = toSeedbedError(thrown);
    const status = error.exit === 2 ? ('rejected' as const) : ('failed' as const);
    const document = {
      ...emptyDraft(started),
      status,
      error: errorDocument(error),
      ended: new Date().toISOString(),
    };
    await write(process.stdout, `${JSON.stringify(document, null, 2)}\n`);
    return error.exit;
  }
}

function say(line: string): void {
  process.stderr.write(`${safe(line.replace(/\s*\n\s*/g, ' '))}\n`);
}

/** What a job that was submitted is known by. */
function receipt({ id, job_type: type, status, warnings, waiting_for }: AcceptedJob): object {
  return {
    job_id: id,
    job_type: { id: type.id, name: type.name, version: type.version },
    status,
    waiting_for,
    warnings,
  };
}
