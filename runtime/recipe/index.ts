export { definitionGraph, dot, type DrawnGraph, type DrawnNode, mermaid } from './export/index.ts';
export {
  acceptedItems,
  acceptsData,
  type FileFacts,
  type FilterData,
  filterErrors,
  type FilterJudgement,
  filterWarnings,
  judgeFilter,
} from './filter/index.ts';
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
