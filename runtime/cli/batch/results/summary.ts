import colors from 'picocolors';
import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import { duration } from '../../format.ts';
import { oneLine, table } from '../../table.ts';
import type { BatchSummary } from './results-json.ts';

/** Rows of the table at the end; all of them are in results.csv. */
const shown = 100;

/** The first rows that did not complete, in the order in which they ended. */
export class Failures {
  readonly rows: BatchRowDocument[] = [];

  add(row: BatchRowDocument): void {
    if (row.status !== 'completed' && this.rows.length < shown) this.rows.push(row);
  }
}

/**
 * The end of a batch for people: how many rows went how, which did not complete and why, and where the results are. Pure.
 * @param took milliseconds of this process
 * @param label of the job
 * @param results paths of the files that were written
 */
export function summaryText(
  summary: BatchSummary,
  { rows }: Failures,
  {
    took,
    label,
    results,
  }: { readonly took: number; readonly label: string; readonly results: readonly string[] },
): string {
  const { total, completed, failed, rejected, not_run: notRun, error } = summary;
  const lines: string[] = [''];
  const isWhole = completed === total && !error;
  const mark = isWhole ? colors.green('✔') : colors.red('✘');
  const counts = [`${completed} of ${total} ${total === 1 ? 'row' : 'rows'} completed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (rejected > 0) counts.push(`${rejected} rejected`);
  if (notRun > 0) counts.push(`${notRun} not run`);
  if (rows.length > 0) lines.push(failureTable(rows), more(failed + rejected - rows.length), '');
  for (const { name, description } of summary.warnings)
    lines.push(`${colors.yellow('warning')} ${name}: ${oneLine(description)}`);
  for (const file of results) lines.push(`results  ${file}`);
  lines.push(`${mark} ${colors.bold(label)} ${counts.join(', ')} in ${duration(took)}`);
  if (error) lines.push(`${colors.red('✘')} ${error.code} ${error.name}: ${oneLine(error.message)}`);
  if (notRun > 0) lines.push('The same command with --resume runs what is not done.');
  return `${lines.filter((line, at) => line !== '' || at === 0 || lines[at - 1] !== '').join('\n')}\n`;
}

function failureTable(rows: readonly BatchRowDocument[]): string {
  const sorted = [...rows].sort((a, b) => a.row - b.row);
  const hasLines = rows.some(({ line }) => line !== null);
  const cells = sorted.map(({ row, line, column, status, error, given }) => [
    `${row}`,
    ...(hasLines ? [`${line ?? ''}`] : []),
    status,
    column ?? Object.keys(given)[0] ?? '',
    error ? `${error.code} ${error.name}` : '',
    error?.message ?? '',
  ]);
  const heading = ['row', ...(hasLines ? ['line'] : []), 'status', 'input', 'error', 'why'];
  return table([heading, ...cells]).trimEnd();
}

function more(count: number): string {
  return count > 0 ? `and ${count} more, which results.csv has` : '';
}
