export {
  inputOf,
  isSkipped,
  lackingInput,
  type ParentLook,
  type ParentsOutcome,
  reasonToSkip,
} from './connect.ts';
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
  type KnownJobType,
  type KnownRecipeType,
  type KnownTypes,
  type NodeInterface,
  parameterNames,
} from './interface.ts';
export { decideRuns, elementsOf, inputOfRun, joinOutputs, type Runs, type RunsDecision } from './runs.ts';
export { jobInterface, knownJobType, type SeedInterface, type SeedJob } from './job-interface.ts';
export {
  type DefinitionJudgement,
  definitionErrors,
  definitionWarnings,
  interfaceOf,
  judgeDefinition,
  judgeRecipeInput,
} from './judge/index.ts';
export * from './diff/index.ts';
