import type { Samples } from '../support/statistics.ts';
import { mark, table } from '../support/table.ts';

/** Of the bare loops, each at its best concurrency. */
const budgets = [
  { yardstick: 'B', least: 0.95 },
  { yardstick: 'A', least: 1.7 },
] as const;

/** Jobs a second by concurrency, and the service's best against the best of each bare loop. Pure. */
export function ratesTable(totals: Samples, jobs: number, concurrencies: readonly number[]): string {
  const rate = (lane: string, concurrency: number) => (jobs * 1000) / totals.p50(`${lane} ${concurrency}`);
  const best = (lane: string) => Math.max(...concurrencies.map((concurrency) => rate(lane, concurrency)));
  const rows = ['A', 'B', 'service'].map((lane) => [
    lane,
    ...concurrencies.map((concurrency) => rate(lane, concurrency).toFixed(2)),
    best(lane).toFixed(2),
  ]);
  const judged = budgets.map(({ yardstick, least }) => {
    const ratio = best('service') / best(yardstick);
    return [`service, best / best of ${yardstick}`, ratio.toFixed(2), `≥ ${least} ${mark(ratio >= least)}`];
  });
  return [
    table(['jobs/s', ...concurrencies.map((concurrency) => `${concurrency} at once`), 'best'], rows),
    table(['ratio', 'measured', 'budget'], judged),
  ].join('\n\n');
}
