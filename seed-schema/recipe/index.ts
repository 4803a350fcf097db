export type * from './definition.ts';
export {
  type GraphState,
  graphStates,
  type RecipeCounters,
  recipeCounterNames,
  type RecipeGraphDocument,
  type RecipeGraphNode,
  recipeGraphSchema,
} from './graph-document.ts';
