import type { Answer } from '../../client/index.ts';
import { table } from '../table.ts';

const mostShown = 20;

/** What a batch would do, in a line and by its first recipes or jobs. Pure. */
export function foreseenText(
  name: string,
  {
    runs_estimated: all,
    looked_at: seen,
    run,
    reuse,
    depend,
    refused,
    runs,
  }: Answer<'GET /batches/{id}/foreseen'>,
): string {
  const of = seen < all ? `the first ${seen} of ${all}` : `${all}`;
  const others = depend > 0 ? `, ${depend} hang on those` : '';
  const not = refused > 0 ? `; ${refused} would be refused` : '';
  const head = `batch ${name}, ${of}: ${run} jobs would run${others}, ${reuse} would be reused${not}\n`;
  const rows = runs
    .slice(0, mostShown)
    .map((one) => [
      `${one.position}`,
      one.errors.length > 0 ? 'refuse' : one.run + one.depend > 0 ? 'run' : 'reuse',
      one.errors.map(({ description }) => description).join('; ') || one.reason,
    ]);
  const rest = runs.length > mostShown ? `... and ${runs.length - mostShown} more (--format json)\n` : '';
  return head + table([['OF', 'ACTION', 'REASON'], ...rows]) + rest;
}
