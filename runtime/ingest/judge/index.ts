export { type KnownRecipe, knownRecipe } from './facts.ts';
export { ingestErrors, ingestWarnings } from './findings.ts';
export { type Judged, judgeScan, judgeStrike } from './judge.ts';
export { recipeInput } from './recipe-input.ts';
