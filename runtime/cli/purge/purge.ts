import { setTimeout as delay } from 'node:timers/promises';
import type { Client, PurgeDocument, PurgeReport } from '../../client/index.ts';
import { wholeNumber } from '../whole-number.ts';
import { bytes } from '../format.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { counted } from '../service/words.ts';
import { oneLine } from '../table.ts';
import type { PurgeOptions } from './options.ts';

/** Milliseconds between two looks. */
const pause = 500;

/** `seed purge ID`. @returns 0; 1 where it was waited for and failed */
export async function purge(given: string, options: PurgeOptions): Promise<0 | 1> {
  const { dryRun, content, wait, format } = options;
  const fileId = wholeNumber('ID', given);
  const client = await openClient();
  const wanted = { file_id: fileId, ...(content && { delete_content: true }) };
  if (dryRun) {
    const report = await client.planPurge(wanted);
    await print(format, report, () => `Would remove ${reportText(report)}`);
    return 0;
  }
  const id = await client.purge(wanted);
  const document = wait ? await ended(client, id) : await client.purgeOf(id);
  await print(format, document, () => standingText(document));
  return document.phase === 'FAILED' ? 1 : 0;
}

async function ended(client: Client, id: number): Promise<PurgeDocument> {
  for (;;) {
    const document = await client.purgeOf(id);
    if (document.ended !== null) return document;
    await delay(pause);
  }
}

function standingText({ id, phase, problem, report }: PurgeDocument): string {
  if (phase === 'FAILED') return `purge ${id} failed: ${oneLine(problem ?? '')}\n`;
  if (phase === 'DONE' && report) return `purge ${id} is done; removed ${reportText(report)}`;
  return `purge ${id} has begun${problem === null ? '' : `: ${oneLine(problem)}`}\n`;
}

function reportText(report: PurgeReport): string {
  const { files, contents, jobs, executions, recipes, jobs_canceled: canceled, kept, examples } = report;
  const stay = [
    [kept.sources, 'other source'],
    [kept.jobs, 'job', ' of its recipes'],
  ] as const;
  const staying = stay.flatMap(([count, thing, rest = '']) =>
    count > 0 ? [`${counted(count, thing)}${rest}`] : [],
  );
  return [
    `${counted(files, 'file')} (the content of ${contents}: ${bytes(report.bytes)}), ${counted(jobs, 'job')}` +
      ` with ${counted(executions, 'execution')}, ${counted(recipes, 'recipe')}`,
    ...(canceled > 0 ? [`  ${counted(canceled, 'job')} that wait or run: canceled first`] : []),
    ...(staying.length > 0 ? [`  stays: ${staying.join(', ')}`] : []),
    ...examples.map(
      ({ id, file_type, workspace, file_path, file_size }) =>
        `  ${id}  ${file_type}  ${bytes(file_size)}  ${oneLine(`${workspace}: ${file_path}`)}`,
    ),
    ...(files > examples.length ? [`  ... and ${files - examples.length} more`] : []),
    '',
  ].join('\n');
}
