export { readExpression } from './expression.ts';
export { relativePath } from './new-file-path.ts';
export { compileRules, type MatchedRule, type Rules } from './rules.ts';
