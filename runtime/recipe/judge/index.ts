export { judgeRecipeInput } from './judge-input.ts';
export { definitionErrors, definitionWarnings } from './findings.ts';
export { type DefinitionJudgement, judgeDefinition } from './judge.ts';
export { interfaceOf } from './normalise.ts';
