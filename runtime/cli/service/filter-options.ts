import type { Command } from 'commander';
import type { JobFilterDocument } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { statuses } from '../jobs/list-jobs.ts';
import { repeated } from '../spelling/old-words.ts';
import { jobId } from './job-id.ts';

/** Which jobs a bulk command means. */
export interface FilterOptions {
  readonly status: readonly string[];
  readonly type: readonly string[];
  readonly error: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/** Adds the filters of `seed cancel` and `seed requeue`. */
export function withFilters(command: Command): Command {
  command
    .option('--status <STATUS>', 'jobs in this state', repeated)
    .option('--type <NAME[:VERSION]>', 'jobs of this type', repeated)
    .option('--error <NAME>', 'jobs that failed with this error, as timeout', repeated)
    .option('--from <TIME>', 'jobs whose state changed at or after this time (ISO 8601 with offset)')
    .option('--to <TIME>', 'jobs whose state changed at or before this time');
  for (const option of ['status', 'type', 'error']) command.setOptionValueWithSource(option, [], 'default');
  return command;
}

/** The filter of a bulk command; every option given must hold. @throws invalid-usage where nothing is given */
export function filterOf(ids: readonly string[], options: FilterOptions): JobFilterDocument {
  const { type, error, from, to } = options;
  const versioned = type.filter((text) => text.includes(':')).map(parted);
  const named = type.filter((text) => !text.includes(':'));
  if (versioned.length > 0 && named.length > 0)
    throw new SeedbedError('invalid-usage', {
      problem: 'Give either every --type with its version, or none',
    });
  const filter = {
    ...(ids.length > 0 && { job_ids: ids.map(jobId) }),
    ...(options.status.length > 0 && { status: statuses(options.status) }),
    ...(versioned.length > 0 && { job_types: versioned }),
    ...(named.length > 0 && { job_type_names: named }),
    ...(error.length > 0 && { error_names: error }),
    ...(from !== undefined && { started: from }),
    ...(to !== undefined && { ended: to }),
  };
  if (Object.keys(filter).length > 0) return filter;
  throw new SeedbedError('invalid-usage', {
    problem: 'Name the jobs that are meant, by their numbers or by a filter such as --status',
  });
}

function parted(text: string): { name: string; version: string } {
  const at = text.indexOf(':');
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}
