export {
  batchRowSchema,
  batchSchema,
  batchValidator,
  type BatchDocument,
  type BatchRowDocument,
} from './batch.ts';
export {
  type Configuration,
  jobConfigurationSchema,
  jobConfigurationValidator,
  jobTypeConfigurationSchema,
  jobTypeConfigurationValidator,
} from './configuration/configuration.ts';
export {
  type ConfiguredMount,
  type HostMount,
  mountSchema,
  mountSchemas,
  type VolumeMount,
} from './configuration/mount.ts';
export type { RetryConfiguration } from './configuration/parts.ts';
export { inputErrors, type InputReport, inputWarnings } from './data/findings.ts';
export { type JobInput, jobInputSchema, jobInputValidator } from './data/input.ts';
export {
  type DeclaredInputs,
  fileIdsOf,
  type InputJudgement,
  judgeData,
  notDeclared,
} from './data/judge-data.ts';
export { type KnownFile, takesMediaType } from './data/judge-files.ts';
export { findExactly, type FindEntry, matchBy, type Matched, type Matching } from './data/match.ts';
export { doctorSchema, doctorValidator, type DoctorCheck, type DoctorDocument } from './doctor.ts';
export { explain, type Problem } from './explain.ts';
export { fileSchema, type FileDocument } from './file.ts';
export { filesPageSchema, filesPageValidator, type FilesPageDocument } from './files-page.ts';
export {
  imageSchema,
  imagesSchema,
  imagesValidator,
  imageValidator,
  type ImageDocument,
  type ImagesDocument,
} from './images.ts';
export { type ImportResultDocument, importResultSchema, importResultValidator } from './import-result.ts';
export { type IngestResultDocument, ingestResultSchema, ingestResultValidator } from './ingest-result.ts';
export {
  type IntakeBatchDocument,
  type IntakeFileDocument,
  intakeFileSchema,
  intakeFileValidator,
  type IntakeTaskDocument,
  intakeTaskSchema,
  intakeTaskValidator,
} from './intake.ts';
export { changedNumber } from './json/find-changed-number.ts';
export { type ChangedNumber, changedWords, isKept } from './json/changed-number.ts';
export { nestsDeeper } from './json/depth.ts';
export { minify } from './json/minify.ts';
export { findUnstorable } from './json/storable.ts';
export { scanJson, type DuplicateMember, type Place, type Scan, type SyntaxFault } from './json/syntax.ts';
export { isObject, isOfType, type JsonType } from './json/types.ts';
export { manifestSchema, manifestValidator, type ManifestDocument } from './manifest/manifest.ts';
export { geometrySchema, type GeoJson } from './metadata/geojson.ts';
export { judgeMetadata } from './metadata/judge.ts';
export { metadataSchema, metadataValidator, type MetadataProperties } from './metadata/metadata.ts';
export { metadataErrors, metadataWarnings } from './metadata/names.ts';
export { instant, inUtc } from './metadata/time.ts';
export { nearest } from './nearest.ts';
export { outputsSchema, type DeclaredJson } from './outputs.ts';
export { below, type JsonPath } from './path.ts';
export {
  builtSchema,
  builtValidator,
  publishedSchema,
  publishedValidator,
  type BuiltDocument,
  type PublishedDocument,
} from './publication.ts';
export { planSchema, planValidator, type PlanDocument } from './plan.ts';
export * from './ingest/index.ts';
export * from './recipe/index.ts';
export { Report } from './report.ts';
export { resultSchema, resultValidator, type ResultDocument } from './result.ts';
export {
  validationSchema,
  validationValidator,
  type Finding,
  type ValidationDocument,
} from './validation.ts';
export type { Validator } from './validator.ts';
export { found, listed } from './words.ts';
export {
  type DiagnosticPost,
  diagnosticPostSchema,
  diagnosticPostValidator,
  recipeDiagnosticPostSchema,
  recipeDiagnosticPostValidator,
} from './requests/diagnostic.ts';
export { type ReprocessPost, reprocessPostSchema, reprocessPostValidator } from './requests/reprocess.ts';
export {
  type JobFilterDocument,
  type JobPost,
  jobCancelSchema,
  jobCancelValidator,
  jobPostSchema,
  jobPostValidator,
  jobRequeueSchema,
  jobRequeueValidator,
} from './requests/job.ts';
export {
  type JobTypePatch,
  jobTypePatchSchema,
  jobTypePatchValidator,
  type JobTypePost,
  jobTypePostSchema,
  jobTypePostValidator,
  jobTypeToJudgeValidator,
  jobTypeValidationSchema,
} from './requests/job-type.ts';
export {
  type RecipeTypePatch,
  recipeTypePatchSchema,
  recipeTypePatchValidator,
  type RecipeTypePost,
  recipeTypePostSchema,
  recipeTypePostValidator,
  recipeTypeToJudgeValidator,
  recipeTypeValidationSchema,
} from './requests/recipe-type.ts';
export {
  type LoginPost,
  loginSchema,
  loginValidator,
  type ProjectPatch,
  type ProjectPost,
  projectPatchSchema,
  projectPatchValidator,
  projectSchema,
  projectValidator,
  type TokenPost,
  tokenPostSchema,
  tokenPostValidator,
  type UserPatch,
  type UserPost,
  userPatchSchema,
  userPatchValidator,
  userSchema,
  userValidator,
} from './requests/access.ts';
export { type RecipePost, recipePostSchema, recipePostValidator } from './requests/recipe.ts';
export {
  type NodePatch,
  nodePatchSchema,
  nodePatchValidator,
  type SchedulerPatch,
  schedulerPatchSchema,
  schedulerPatchValidator,
} from './requests/node.ts';
export {
  type WorkspaceConfiguration,
  nfsWorkspaceSchema,
  s3WorkspaceSchema,
  type S3Broker,
  type WorkspaceBroker,
  workspaceConfigurationSchema,
  workspaceConfigurationValidators,
  type WorkspacePatch,
  workspacePatchSchema,
  workspacePatchValidator,
  type WorkspacePost,
  workspacePostSchema,
  workspacePostValidator,
} from './requests/workspace.ts';
export {
  type WebhookPatch,
  webhookPatchSchema,
  webhookPatchValidator,
  type WebhookPost,
  webhookPostSchema,
  webhookPostValidator,
} from './requests/webhook.ts';
export {
  type HoldPut,
  holdPutSchema,
  holdPutValidator,
  type PurgePost,
  purgePostSchema,
  purgePostValidator,
  type RetentionDryRun,
  retentionDryRunSchema,
  retentionDryRunValidator,
  type RetentionRulePatch,
  retentionRulePatchSchema,
  retentionRulePatchValidator,
  type RetentionRulePost,
  retentionRulePostSchema,
  retentionRulePostValidator,
} from './requests/retention.ts';
export { type LinkPost, linkPostSchema, linkPostValidator } from './requests/link.ts';
export {
  type DatasetDefinition,
  type DatasetDefinitionDocument,
  datasetDefinitionSchema,
  datasetDefinitionValidator,
  type DatasetMembersPost,
  datasetMembersPostSchema,
  datasetMembersPostValidator,
  type DatasetPost,
  datasetPostSchema,
  datasetPostValidator,
  type DatasetToJudge,
  datasetToJudgeSchema,
  datasetToJudgeValidator,
} from './requests/dataset.ts';
export {
  type SchedulePatch,
  schedulePatchSchema,
  schedulePatchValidator,
  type SchedulePost,
  schedulePostSchema,
  schedulePostValidator,
  type ScheduleTarget,
} from './requests/schedule.ts';
export {
  type FileReference,
  mostTasks,
  type TaskBulkPost,
  taskBulkPostSchema,
  taskBulkPostValidator,
  type TaskPost,
  taskPostSchema,
  taskPostValidator,
} from './requests/task.ts';
export {
  type BatchConfiguration,
  type BatchDefinition,
  type BatchPatch,
  batchPatchSchema,
  batchPatchValidator,
  type BatchPost,
  batchPostSchema,
  batchPostValidator,
  batchToJudgeValidator,
  batchValidationSchema,
} from './requests/batch.ts';
