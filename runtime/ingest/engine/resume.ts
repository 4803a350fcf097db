import type { Queries } from '../../database/index.ts';
import type { Intake } from './intake.ts';
import { openRows } from './rows.ts';

const pageRows = 500;

/** Goes on with what an earlier process wrote down and did not end. */
export async function takeOpen(db: Queries, intake: Intake): Promise<void> {
  for (let after = 0; ;) {
    const rows = await openRows(db, intake.task, after, pageRows);
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    intake.wait(rows.filter((row) => row.wait_ms > 0));
    await intake.take(rows.filter((row) => row.wait_ms === 0));
  }
}
