export { ContentCache, type CacheOptions, type Wanted } from './content-cache.ts';
