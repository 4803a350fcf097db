import type { ExplanationDocument } from '../../client/index.ts';
import { jobId } from '../service/job-id.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { oneLine } from '../table.ts';
import type { ExplainOptions } from './options.ts';

/** `seed explain ID [--against OTHER]`. @returns 0 @throws nothing-to-compare */
export async function explainJob(text: string, { against, format }: ExplainOptions): Promise<0> {
  const client = await openClient();
  const document = await client.explain(jobId(text), against === undefined ? undefined : jobId(against));
  await print(format, document, () => asText(document));
  return 0;
}

function asText({ job_id: id, status, state, reason, against, changes }: ExplanationDocument): string {
  return [
    `job ${id} is ${status}: ${state}\n`,
    `  ${oneLine(reason)}.\n`,
    ...(against && changes.length > 0 ? [`\nFrom job ${against.job_id} to job ${id}\n`] : []),
    ...changes.map(
      ({ member, kind, old, new: fresh }) => `  ${oneLine(member)}: ${words(kind, old, fresh)}\n`,
    ),
  ].join('');
}

function words(kind: string, old: string | null, fresh: string | null): string {
  if (kind === 'added') return fresh === null ? 'is new (secret)' : `is new: ${oneLine(fresh)}`;
  if (kind === 'removed')
    return old === null ? 'is no longer there (secret)' : `is no longer there: ${oneLine(old)}`;
  return old === null ? 'has changed (secret)' : `${oneLine(old)} → ${oneLine(fresh ?? '')}`;
}
