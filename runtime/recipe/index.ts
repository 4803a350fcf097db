export { inputOf, isSkipped, lackingInput, type ParentsOutcome } from './connect.ts';
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
export { jobInterface, type JobParameters } from './job-interface.ts';
export {
  decideRuns,
  elementsOf,
  inputOfRun,
  joinOutputs,
  neededRuns,
  type Runs,
  type RunsDecision,
} from './runs.ts';
export { acceptedItems, acceptsData, type FileFacts, type FilterData } from './filter/index.ts';
