import type { ScanDetails, ScanReport } from '../../client/index.ts';
import { progressText } from '../ingests/named.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';

/** A scan with the report of its last dry run. Pure. */
export function scanText(scan: ScanDetails): string {
  const { name, phase, status, file_count, problem, ended, progress, report, configuration } = scan;
  const rows = [
    ['scan', name],
    ['run', phase === 'dry_run' ? 'dry run' : (phase ?? '-')],
    ['status', status ?? '-'],
    ['files', `${file_count ?? '-'}`],
    ['ended', moment(ended)],
    ...(problem === null ? [] : [['problem', problem]]),
    ['ingested', progressText(progress)],
  ];
  return `${table(rows)}${report ? reportText(report) : ''}${JSON.stringify(configuration, null, 2)}\n`;
}

function reportText({ rules, unmatched, known, seen }: ScanReport): string {
  const row = (what: string, { files, bytes, examples = [] }: Partial<ScanReport['known']>) => [
    what,
    `${files ?? 0}`,
    `${bytes ?? 0}`,
    examples.slice(0, 2).join(', '),
  ];
  return table([
    ['DRY RUN', 'FILES', 'BYTES', 'SUCH AS'],
    ...rules.map((rule) => row(`matches ${rule.filename_regex}`, rule)),
    row('matches no rule', unmatched),
    row('is known already', known),
    row('in all', seen),
  ]);
}
