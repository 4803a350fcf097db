export {
  scanConfigurationSchema,
  scanConfigurationValidator,
  scanPatchSchema,
  scanPatchValidator,
  scanPostSchema,
  scanPostValidator,
  scanProcessSchema,
  scanProcessValidator,
} from './scan.ts';
export {
  strikeConfigurationSchema,
  strikeConfigurationValidator,
  strikePatchSchema,
  strikePatchValidator,
  strikePostSchema,
  strikePostValidator,
} from './strike.ts';
export type {
  DirectoryMonitor,
  IngestRecipe,
  IngestRule,
  S3Monitor,
  ScanConfiguration,
  Scanner,
  ScanPatch,
  ScanPost,
  ScanProcess,
  StrikeConfiguration,
  StrikePatch,
  StrikePost,
} from './types.ts';
