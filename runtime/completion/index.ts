export { complete, type Completion, endingOf, type Products } from './complete.ts';
export { publish } from './publish.ts';
