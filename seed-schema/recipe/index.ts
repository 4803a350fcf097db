export { type RecipeDataDocument, recipeDataSchema, recipeDataValidator } from './data.ts';
export type * from './definition.ts';
export {
  type InterfaceDocument,
  type NodeDocument,
  type RecipeDefinitionDocument,
  recipeDefinitionSchema,
  recipeDefinitionValidator,
} from './definition-document.ts';
export { forcedNodesSchema, forcedNodesValidator } from './forced-nodes.ts';
export {
  type GraphState,
  graphStates,
  type RecipeCounters,
  recipeCounterNames,
  type RecipeGraphDocument,
  type RecipeGraphNode,
  recipeGraphSchema,
} from './graph-document.ts';
export { type RecipeFileDocument, recipeFileSchema, recipeFileValidator } from './recipe-file.ts';
export {
  type RecipeResultDocument,
  type RecipeResultNode,
  recipeResultNodeSchema,
  recipeResultSchema,
  recipeResultValidator,
} from './recipe-result.ts';
