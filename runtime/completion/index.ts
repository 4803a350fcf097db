export { complete, type Completion, type Products } from './complete.ts';
export { publish } from './publish.ts';
