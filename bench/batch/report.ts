import type { Timed } from '../support/lanes.ts';
import { mark, ms, table } from '../support/table.ts';
import { parts } from './seed-batch.ts';

/** How much longer than the yardstick a batch may take. */
const allowed = 1.1;

/** Totals of the command and its parts, with ratios to the first of the bare lanes. */
export function batchTable({ totals, steps }: Timed, lanes: readonly string[], command: string): string {
  const [bare] = lanes as [string];
  const of = steps.get(command)!;
  const yardstick = totals.p50(bare);
  const ratio = (value: number) => [
    `${(value / yardstick).toFixed(2)} × ${bare}`,
    `≤ ${allowed.toFixed(2)} ${mark(value / yardstick <= allowed)}`,
  ];
  return table(
    ['ms', 'p50', 'p95', 'ratio', 'budget'],
    [
      ...lanes.map((lane) => [lane, ms(totals.p50(lane)), ms(totals.p95(lane))]),
      [command, ms(totals.p50(command)), ms(totals.p95(command)), ...ratio(totals.p50(command))],
      ...Object.values(parts).map((part) => [
        `  ${part}`,
        ms(of.p50(part)),
        ms(of.p95(part)),
        ...(part === parts.rows ? ratio(of.p50(part)) : []),
      ]),
    ],
  );
}
