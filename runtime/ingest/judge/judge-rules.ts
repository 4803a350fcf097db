import type { IngestRule } from '../../../seed-schema/index.ts';
import { readExpression, relativePath } from '../rules/index.ts';
import type { Sound } from './sound-members.ts';
import type { KnownWorkspace } from './facts.ts';
import type { IngestReport } from './findings.ts';

/** Judges `files_to_ingest`. Pure. */
export function judgeRules(
  rules: Sound<readonly IngestRule[]>,
  workspaces: ReadonlyMap<string, KnownWorkspace>,
  report: IngestReport,
): void {
  const first = new Map<string, number>();
  for (const [index, rule] of rules.entries()) {
    if (rule === undefined) continue;
    const where = `configuration.files_to_ingest[${index}]`;
    const { filename_regex: source } = rule;
    if (source !== undefined) judgeExpression(source, `${where}.filename_regex`, report);
    const earlier = source === undefined ? undefined : first.get(source);
    if (earlier !== undefined)
      report.warn(
        'UNREACHABLE_RULE',
        where,
        `${where} has the expression of files_to_ingest[${earlier}], which decides about every file that matches`,
      );
    else if (source !== undefined) first.set(source, index);
    if (rule.new_workspace !== undefined)
      judgeWorkspace(rule.new_workspace, `${where}.new_workspace`, workspaces, report);
    if (rule.new_file_path !== undefined) judgePath(rule.new_file_path, `${where}.new_file_path`, report);
  }
}

/** @returns undefined after an error */
export function judgeWorkspace(
  name: string,
  where: string,
  workspaces: ReadonlyMap<string, KnownWorkspace>,
  report: IngestReport,
): KnownWorkspace | undefined {
  const known = workspaces.get(name);
  const fault = !known ? 'there is no workspace of that name' : 'that workspace is no longer active';
  if (known?.is_active) return known;
  report.error('INVALID_WORKSPACE', where, `${where} is ${JSON.stringify(name)}, and ${fault}`);
  return undefined;
}

function judgeExpression(source: string, where: string, report: IngestReport): void {
  const expression = readExpression(source);
  const given = `${where} is ${JSON.stringify(source)}`;
  if ('problem' in expression) report.error('INVALID_REGEX', where, `${given}: ${expression.problem}`);
  else if (expression.odd.length > 0)
    report.warn(
      'ODD_ESCAPE',
      where,
      `${given}, where ${expression.odd.join(', ')} is the letter and nothing else`,
    );
}

function judgePath(given: string, where: string, report: IngestReport): void {
  const relative = relativePath(given);
  const found = `${where} is ${JSON.stringify(given)}`;
  if (relative === undefined)
    report.error(
      'INVALID_NEW_FILE_PATH',
      where,
      `${found}, which is no path in a workspace: it leads out of it, or holds control characters`,
    );
  else if (given.startsWith('/'))
    report.warn(
      'ABSOLUTE_NEW_FILE_PATH',
      where,
      `${found}, and means ${relative} in the workspace: the slash at its beginning is left out`,
    );
}
