export { HostWorkspace } from './host.ts';
export { mapInParallel } from './in-parallel.ts';
export { isInside, linkOrCopy, move } from './transfer.ts';
export type { Workspace } from './workspace.ts';
