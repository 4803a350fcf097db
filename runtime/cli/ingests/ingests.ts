import type { IngestRow, Page } from '../../client/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';
import { wholeNumber } from '../whole-number.ts';
import { named } from './named.ts';
import type { IngestsOptions } from './options.ts';

/** `seed ingests`. @returns 0 */
export async function ingests(file: string | undefined, options: IngestsOptions): Promise<0> {
  const { strike, scan, status, from, to, format } = options;
  const limit = wholeNumber('--limit', options.limit, { most: 1000 });
  const client = await openClient();
  if (file !== undefined) {
    const ingest = await client.ingest(file);
    await print(format, ingest, () => detailsText(ingest));
    return 0;
  }
  const page = await client.ingests({
    order: '-id',
    page_size: limit,
    ...(strike !== undefined && {
      strike_id: (await named('strike', strike, (query) => client.strikes(query))).id,
    }),
    ...(scan !== undefined && { scan_id: (await named('scan', scan, (query) => client.scans(query))).id }),
    ...(status && { status }),
    ...(from !== undefined && { started: from }),
    ...(to !== undefined && { ended: to }),
  });
  await print(format, page, () => asText(page));
  return 0;
}

function asText({ count, results }: Page<IngestRow>): string {
  if (results.length === 0) return 'No such file arrived.\n';
  const rows = results.map((ingest) => [
    `${ingest.id}`,
    ingest.status,
    finder(ingest),
    moment(ingest.last_modified),
    ingest.file_path,
    ingest.reason ?? '',
  ]);
  const more = count > results.length ? `${results.length} of ${count} files\n` : '';
  return `${table([['INGEST', 'STATUS', 'FOUND BY', 'CHANGED', 'FILE', 'REASON'], ...rows])}${more}`;
}

function finder({ strike, scan }: IngestRow): string {
  return strike?.name ?? scan?.name ?? '-';
}

function detailsText(ingest: IngestRow): string {
  const { id, status, reason, workspace, file_path, new_workspace, new_file_path } = ingest;
  const place = new_file_path && `${new_workspace?.name ?? workspace.name}: ${new_file_path}`;
  return table([
    ['ingest', `${id}`],
    ['status', status],
    ...(reason === null ? [] : [['reason', reason]]),
    ['found by', finder(ingest)],
    ['found at', `${workspace.name}: ${file_path}`],
    ['put to', place ?? '-'],
    ['bytes', `${ingest.file_size ?? '-'}`],
    ['media type', ingest.media_type],
    ['data types', ingest.data_type_tags.join(', ') || '-'],
    ['file', `${ingest.source_file?.id ?? '-'}`],
    ['recipe', `${ingest.recipe?.id ?? '-'}`],
    ['ingested', moment(ingest.ingest_ended)],
  ]);
}
