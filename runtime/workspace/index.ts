export { transfer, type TransferOptions } from './between.ts';
export { compareBytes } from './byte-order.ts';
export { type CacheOptions, ContentCache, type Wanted } from './cache/index.ts';
export { HostWorkspace, type HostWorkspaceRow } from './host.ts';
export { mapInParallel } from './in-parallel.ts';
export { MemoryWorkspace, type MemoryWorkspaceRow } from './memory.ts';
export { type Countable, inChunks, joined, packedAtOnce, PackedList } from './packed-list.ts';
export { checkPath, checkTarget } from './inside.ts';
export { renameOver, renameToFree } from './rename.ts';
export { isInside, linkOrCopy, move } from './transfer.ts';
export {
  type ByteRange,
  type ContentSource,
  type FileEntry,
  isLocal,
  type LinkSigner,
  type ListOptions,
  type LocalWorkspace,
  type PlaceOptions,
  type PutOptions,
  type Stored,
  type Workspace,
  type WorkspaceKind,
} from './workspace.ts';
export { S3Workspace, type S3WorkspaceRow } from './s3/workspace.ts';
export type { S3Settings } from './s3/settings.ts';
