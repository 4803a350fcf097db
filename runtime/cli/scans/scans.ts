import type { Client, Page, ScanDetails, ScanRow } from '../../client/index.ts';
import { judgementText, printJudgement } from '../ingests/findings.ts';
import { named } from '../ingests/named.ts';
import { readIngestFile } from '../ingests/read-file.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';
import { scanText } from './scan-text.ts';
import type { ScansOptions } from './options.ts';

/** `seed scans`: does what is asked for, then lists all, or shows the one that it was about. @returns 2: refused */
export async function scans(name: string | undefined, options: ScansOptions): Promise<0 | 2> {
  const { create, check, dryRun, ingest, cancel, format } = options;
  const file = check ?? create;
  const wanted = file === undefined ? undefined : await readIngestFile(file);
  const client = await openClient();
  if (check !== undefined) return printJudgement(format, await client.judgeScan(wanted!));
  if (wanted) {
    process.stderr.write(judgementText({ ...(await client.judgeScan(wanted)), errors: [] }));
    return show(await client.addScan(wanted), format);
  }
  if (cancel !== undefined) await client.cancelScan((await find(client, cancel)).id);
  const run = ingest ?? dryRun;
  if (run !== undefined) await client.processScan((await find(client, run)).id, ingest !== undefined);
  const shown = name ?? run ?? cancel;
  if (shown !== undefined) return show(await client.scan((await find(client, shown)).id), format);
  const page = await client.scans({ page_size: 1000, order: 'name' });
  await print(format, page, () => asText(page));
  return 0;
}

const find = (client: Client, name: string) => named('scan', name, (query) => client.scans(query));

async function show(scan: ScanDetails, format: ScansOptions['format']): Promise<0> {
  await print(format, scan, () => scanText(scan));
  return 0;
}

function asText({ results }: Page<ScanRow>): string {
  if (results.length === 0) return 'There are no scans; `seed scans --create FILE` makes one.\n';
  const rows = results.map((scan) => [
    scan.name,
    scan.phase === 'dry_run' ? 'dry run' : (scan.phase ?? '-'),
    scan.status ?? '-',
    `${scan.file_count ?? '-'}`,
    moment(scan.ended),
    scan.title ?? '',
  ]);
  return table([['SCAN', 'RUN', 'STATUS', 'FILES', 'ENDED', 'TITLE'], ...rows]);
}
