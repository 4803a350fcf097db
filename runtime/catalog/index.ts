export { registerArrivals, type Registered } from './arrivals.ts';
export { BulkRegistration } from './bulk-arrivals.ts';
export { contextDocument, contextFile, type GivenData } from './context-document.ts';
export { givenData } from './given-data.ts';
export { countriesOf } from './countries/index.ts';
export { type CurrentFile, currentFiles } from './current-files.ts';
export { eachFile } from './each-file.ts';
export { fillCountries } from './fill-countries.ts';
export { footprintOf } from './footprint/index.ts';
export { type InputFile, inputFilesById } from './input-files.ts';
export { jobInputs } from './job-inputs.ts';
export { filesOfContent } from './known-content.ts';
export {
  clearLeftovers,
  type Leftover,
  leftovers,
  noteLeftovers,
  removeLeftover,
  removeLeftoverAt,
} from './leftovers.ts';
export {
  type Lineage,
  type LineageBounds,
  type LineageFile,
  type LineageJob,
  type LineageLink,
  lineageOf,
} from './lineage.ts';
export { type Link, linkSigner, longestLink, readLink } from './links.ts';
export { type InputFileFilter, listFiles, listInputFiles } from './list.ts';
export { mediaTypeOf } from './media-type.ts';
export { type BoundingBox, boxText, centerPointText, type FileMetadata } from './metadata.ts';
export { isCurrentPath, isInputOfOthers, moveFileRow } from './move-row.ts';
export { filesNamed, type NamedFile, referenceKey } from './named-files.ts';
export { isMountedAt, nfsDirectory } from './nfs-mounts.ts';
export { Workspaces } from './open-workspaces.ts';
export { applyParsedMetadata } from './parsed-source.ts';
export { listOutputFiles, type OutputFile, type OutputFilter } from './output-files.ts';
export { productUuids } from './product-identity.ts';
export { type NewProduct, type Producer, registerProducts } from './products.ts';
export { type ScaleFile } from './scale-file.ts';
export { type FilePage, searchFiles } from './search.ts';
export { areaOfBox, readBox, type SearchArea } from './search/area.ts';
export { readChecksum } from './search/checksum.ts';
export { type FileFilter, FilterProblem } from './search/filter.ts';
export { type MetaCondition, readMetaCondition } from './search/meta-data.ts';
export { readWords, type Word } from './search/name-words.ts';
export { fileOrders } from './search/plan.ts';
export { readSearchArea } from './search/read-geometry.ts';
export { boundingBox } from './sidecar/index.ts';
export { type Arrival } from './source-rows.ts';
export {
  filesById,
  fileStat,
  knowAgain,
  recordChecksums,
  registerSources,
  type SeenFile,
} from './sources.ts';
export { takePlace } from './take-place.ts';
export { unpublishProducts } from './unpublish.ts';
export { registerUpload, type UploadedFile } from './uploaded.ts';
export { type Credentials, keepWorkspaceCredentials, workspaceCredentials } from './workspace-credentials.ts';
export {
  changeWorkspace,
  createWorkspace,
  listWorkspaces,
  type NewWorkspace,
  type WorkspaceChange,
  workspaceDetails,
  type WorkspaceDetails,
  type WorkspaceListFilter,
  workspaceOrders,
  type WorkspaceRow,
} from './workspace-rows.ts';
export {
  localWorkspace,
  managedWorkspace,
  managedWorkspaceName,
  mountOf,
  workspaceById,
  type WorkspaceState,
  workspaceStates,
} from './workspaces.ts';
