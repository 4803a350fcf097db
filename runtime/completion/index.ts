export { complete, type Completion, endingOf, type Products } from './complete.ts';
export { publishElsewhere, removePublished } from './elsewhere.ts';
export type { Place, Places } from './place.ts';
export { publish } from './publish.ts';
