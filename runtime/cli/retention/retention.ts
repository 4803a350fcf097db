import type { Page, RetentionPlan, RetentionRule } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { wholeNumber } from '../whole-number.ts';
import { bytes } from '../format.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { counted } from '../service/words.ts';
import { oneLine, table } from '../table.ts';
import type { RetentionOptions } from './options.ts';

/** `seed retention`: does what is asked for, and lists all rules, or says what would go. @returns 0 */
export async function retention(options: RetentionOptions): Promise<0> {
  const { add, remove, dataType, keepDays, dropSuperseded, dryRun, run, format } = options;
  if (add === undefined && (dataType !== undefined || keepDays !== undefined || dropSuperseded))
    throw refuse('--data-type, --keep-days and --drop-superseded are for --add');
  if (dryRun && (run || remove !== undefined))
    throw refuse('--dry-run changes nothing; leave out --run and --remove');
  const rule = add !== undefined && {
    workspace: add,
    data_type: dataType ?? null,
    keep_days: keepDays === undefined ? null : daysOf(keepDays),
    keep_superseded: !dropSuperseded,
  };
  const removed = remove === undefined ? undefined : wholeNumber('--remove', remove);
  const client = await openClient();
  if (dryRun) {
    const plan = await client.planRetention(rule || {});
    await print(format, plan, () => planText(plan));
    return 0;
  }
  if (removed !== undefined) await client.removeRetentionRule(removed);
  if (rule) await client.addRetentionRule(rule);
  if (run) await client.runRetention();
  const page = await client.retentionRules();
  await print(format, page, () => asText(page));
  return 0;
}

function daysOf(text: string): number {
  return wholeNumber('--keep-days', text, { least: 0, most: 36_500 });
}

function refuse(problem: string): SeedbedError {
  return new SeedbedError('invalid-usage', { problem });
}

function asText({ results }: Page<RetentionRule>): string {
  if (results.length === 0) return 'There are no rules: everything is kept for ever.\n';
  const rows = results.map((rule) => [
    `${rule.id}`,
    rule.workspace.name,
    rule.data_type ?? 'all others',
    rule.keep_days === null ? 'for ever' : `${rule.keep_days} days`,
    rule.keep_superseded ? 'as others' : 'not kept',
    rule.is_active ? 'active' : 'inactive',
  ]);
  return table([['RULE', 'WORKSPACE', 'DATA TYPE', 'KEPT', 'SUPERSEDED', 'STATE'], ...rows]);
}

function planText({ goes, kept }: RetentionPlan): string {
  const part = (words: string, { files, bytes: size, examples }: RetentionPlan['goes']) => [
    `${words}: ${counted(files, 'file')}, ${bytes(size)}`,
    ...examples.map(
      ({ id, workspace, file_path, reason }) =>
        `  ${id}  ${oneLine(`${workspace}: ${file_path}`)}  (${oneLine(reason)})`,
    ),
    ...(files > examples.length ? [`  ... and ${files - examples.length} more`] : []),
  ];
  return [...part('Would go', goes), ...part('Kept, since something needs it', kept), ''].join('\n');
}
