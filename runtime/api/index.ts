export type { ApiOptions } from './context.ts';
export { type Api, createApi } from './create-api.ts';
