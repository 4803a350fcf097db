export { place } from './place.ts';
export type * from './placement.ts';
export { type Shortfall, shortfall } from './shortfall.ts';
