export { outerInterface } from './for-each.ts';
export { type Edge, type Graph, graphOf, type GraphNode, parentNames, topologicalOrder } from './graph.ts';
export {
  fileParameter,
  isRequired,
  jsonParameter,
  type KnownRecipeType,
  type KnownTypes,
  type NodeInterface,
} from './interface.ts';
export * from './diff/index.ts';
