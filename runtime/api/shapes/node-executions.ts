import type { NodeExecutions, TypeCount } from '../../jobs/index.ts';

/** What runs on a node and what ended there lately, as Scale's `status/` has it; `algorithm` is what is called `job` here. */
export function nodeExecutionsDocument(rows: readonly NodeExecutions[]): Record<string, unknown> {
  const ended = (status: string) => rows.filter((row) => row.status === status);
  const failed = (category: string) =>
    ended('FAILED').filter((row) => (row.category ?? 'system') === category);
  return {
    running: counts(ended('RUNNING')),
    completed: counts(ended('COMPLETED')),
    failed: {
      total: total(ended('FAILED')),
      data: counts(failed('data')),
      algorithm: counts(failed('job')),
      system: counts(failed('system')),
    },
  };
}

function counts(rows: readonly TypeCount[]): Record<string, unknown> {
  return { total: total(rows), by_job_type: rows.map(({ job_type_id, count }) => ({ job_type_id, count })) };
}

function total(rows: readonly TypeCount[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
