import { mark, ms, table } from '../support/table.ts';
import { afterTheJob, type Measured } from './run-case.ts';

/** MiB above the process's first moment. */
const memoryBudget = 200;

/** Time by step beside the yardsticks, then memory. */
export function report({ ours, yardsticks, start, growth, budget }: Measured): string {
  const rows = ours.names.map((name) => {
    const bare = yardsticks.p50(name);
    const ratio = Number.isNaN(bare) ? '' : (ours.p50(name) / bare).toFixed(2);
    const most = name === afterTheJob ? budget : undefined;
    const judged = most === undefined ? '' : `${ms(most)} ${mark(ours.p50(name) <= most)}`;
    return [name, ms(ours.p50(name)), ms(bare), ratio, judged];
  });
  const memory = [
    [
      'the command',
      `${start.toFixed(0)}`,
      `+${growth.toFixed(0)}`,
      `+${memoryBudget} ${mark(growth < memoryBudget)}`,
    ],
  ];
  return `${table(['ms, p50', 'seed-run', 'yardstick', 'ratio', 'budget'], rows)}\n\n${table(
    ['memory, MiB', 'start', 'at most', 'budget'],
    memory,
  )}`;
}
