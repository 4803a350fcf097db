export { failAt } from './command/cursor.ts';
export { readCommand, type ReadCommand } from './command/read-command.ts';
export type { Operation, Parameter, Word } from './command/syntax.ts';
export {
  findManifest,
  manifestFileNames,
  readManifest,
  readManifestText,
  type ManifestFile,
} from './directory.ts';
export {
  manifestErrors,
  manifestWarnings,
  type ManifestErrorName,
  type ManifestWarningName,
} from './findings.ts';
export { imageName } from './image-name.ts';
export { judgeManifest, type Judgement } from './judge.ts';
export { manifestFromLabels, manifestLabel, manifestLabelName, manifestTextFromLabels } from './label.ts';
export type * from './manifest.ts';
export { findNamed } from './named.ts';
export {
  basicResources,
  containerPaths,
  environmentName,
  platformVariables,
  reservedPrefixes,
  reservedVariables,
  resourceName,
  secretMask,
  standardResources,
} from './names.ts';
export { judgeManifestText, loadManifest, parseManifest, type LoadedManifest } from './parse.ts';
