import type { IngestRule } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { readExpression } from './expression.ts';
import { relativePath } from './new-file-path.ts';

/** What becomes of a file. */
export interface MatchedRule {
  /** Of the rule in `files_to_ingest`. */
  readonly index: number;
  readonly dataTypes: readonly string[];
  readonly newWorkspace?: string;
  /** Directory in the workspace, without leading slash; the date and the name are still to be appended. */
  readonly newFilePath?: string;
}

export interface Rules {
  /**
   * The first rule whose expression matches the beginning of the path, or of its last part. Time grows with the length of
   * the path only.
   */
  match(path: string): MatchedRule | undefined;
}

/** @throws SeedbedError `invalid-ingest-rule`: nothing that was judged when it was saved */
export function compileRules(rules: readonly IngestRule[]): Rules {
  const compiled = rules.map(compileRule);
  return { match: (path) => compiled.find(({ matches }) => matches(path))?.outcome };
}

function compileRule(
  rule: IngestRule,
  index: number,
): { matches: (path: string) => boolean; outcome: MatchedRule } {
  const fail = (problem: string): never => {
    throw new SeedbedError('invalid-ingest-rule', { where: `files_to_ingest[${index}]`, problem });
  };
  const expression = readExpression(rule.filename_regex);
  if ('problem' in expression)
    return fail(`filename_regex is ${JSON.stringify(rule.filename_regex)}: ${expression.problem}`);
  const newFilePath = rule.new_file_path === undefined ? undefined : relativePath(rule.new_file_path);
  if (rule.new_file_path !== undefined && newFilePath === undefined)
    return fail(`new_file_path is ${JSON.stringify(rule.new_file_path)}, which leads out of the workspace`);
  const outcome: MatchedRule = {
    index,
    dataTypes: rule.data_types ?? [],
    ...(rule.new_workspace !== undefined && { newWorkspace: rule.new_workspace }),
    ...(newFilePath !== undefined && { newFilePath }),
  };
  return { matches: (path) => expression.matches(path), outcome };
}
