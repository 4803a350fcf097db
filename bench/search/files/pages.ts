import { listFiles } from '../../../runtime/catalog/index.ts';
import type { Database, Order } from '../../../runtime/database/index.ts';
import { quantile } from '../../support/statistics.ts';
import { mark } from '../../support/table.ts';

const around = 15;

/** How much more the pages around the thousandth may take than the first ones. */
const budget = 1.5;

/**
 * Reads a list by its cursors up to beyond page `last`.
 * @returns cells of a table: milliseconds of the first pages and of those around `last`, their ratio, and whether it is kept
 */
export async function comparePages(
  db: Database,
  name: string,
  order: Order,
  last: number,
): Promise<string[]> {
  const taken: number[] = [];
  for (let cursor: string | null = ''; cursor !== null && taken.length < last + around;) {
    const origin = performance.now();
    const page: { cursor?: string | null } = await listFiles(db, {}, order, {
      offset: 0,
      limit: 100,
      cursor,
    });
    taken.push(performance.now() - origin);
    cursor = page.cursor!;
  }
  // The very first ones find nothing compiled.
  const first = quantile(taken.slice(5, 5 + 2 * around), 0.5);
  const late = quantile(taken.slice(-2 * around), 0.5);
  const ratio = late / first;
  return [
    `${name}: page ${taken.length - around}`,
    first.toFixed(2),
    late.toFixed(2),
    `${ratio.toFixed(2)} × page 1`,
    `≤ ${budget} ${mark(ratio <= budget)}`,
  ];
}
