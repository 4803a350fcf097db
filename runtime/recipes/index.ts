export type { NodeState } from './state.ts';
export * from './types/index.ts';
