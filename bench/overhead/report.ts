import type { Timed } from '../support/lanes.ts';
import { mark, ms, table } from '../support/table.ts';

/** A lane with what it is measured against, and how many milliseconds more it may take. */
export interface Budget {
  readonly lane: string;
  readonly yardstick: string;
  readonly allowed: number;
}

/** Totals, each with the ratio to its yardstick. */
export function totalsTable({ totals }: Timed, budgets: readonly Budget[]): string {
  const rows = totals.names.map((name) => {
    const figures = [ms(totals.p50(name)), ms(totals.p95(name))];
    const budget = budgets.find(({ lane }) => lane === name);
    if (!budget) return [name, ...figures];
    const yardstick = totals.p50(budget.yardstick);
    const more = totals.p50(name) - yardstick;
    return [
      name,
      ...figures,
      `${(totals.p50(name) / yardstick).toFixed(2)} × ${budget.yardstick}`,
      `${more < 0 ? '−' : '+'}${ms(Math.abs(more))}`,
      `+${budget.allowed} ${mark(more <= budget.allowed)}`,
    ];
  });
  return table(['ms', 'p50', 'p95', 'ratio', 'difference', 'budget'], rows);
}

/** What each lane spends where, p50. */
export function stepsTables({ totals, steps }: Timed): string {
  return totals.names
    .filter((name) => steps.get(name)!.names.length > 0)
    .map((name) => {
      const samples = steps.get(name)!;
      const rows = samples.names.map((step) => [step, ms(samples.p50(step)), ms(samples.p95(step))]);
      return table([name, 'p50', 'p95'], rows);
    })
    .join('\n\n');
}
