/**
 * What the commands for authors do, in one module: the bundler cuts what lazily loaded modules share into a chunk for each
 * way in which they share it, and every chunk that is opened costs half a millisecond.
 */
export { build } from './build/build.ts';
export { printCandidates, printCompletion } from './completion/completion.ts';
export { convert } from './convert/convert.ts';
export { init } from './init/init.ts';
export { inspect } from './inspect/inspect.ts';
export { listImages } from './list/list-images.ts';
export { publish } from './publish/publish.ts';
export { pull } from './pull/pull.ts';
export { search } from './search/search.ts';
export { spec } from './spec/spec.ts';
export { unpublish } from './unpublish/unpublish.ts';
export { printVersion } from './version/print-version.ts';
