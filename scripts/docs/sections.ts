import { batchCommand } from '../../runtime/cli/batch/options.ts';
import { batchAddCommand, batchCreateCommand } from '../../runtime/cli/intake/options.ts';
import { buildCommand } from '../../runtime/cli/build/options.ts';
import { convertCommand } from '../../runtime/cli/convert/options.ts';
import { doctorCommand } from '../../runtime/cli/doctor/options.ts';
import { initCommand } from '../../runtime/cli/init/options.ts';
import { inspectCommand } from '../../runtime/cli/inspect/options.ts';
import { listCommand } from '../../runtime/cli/list/options.ts';
import { publishCommand } from '../../runtime/cli/publish/options.ts';
import { pullCommand } from '../../runtime/cli/pull/options.ts';
import { searchCommand } from '../../runtime/cli/search/options.ts';
import { specCommand } from '../../runtime/cli/spec/options.ts';
import { unpublishCommand } from '../../runtime/cli/unpublish/options.ts';
import { batchRowSchema, batchSchema } from '../../seed-schema/batch.ts';
import { recipeResultNodeSchema, recipeResultSchema } from '../../seed-schema/recipe/recipe-result.ts';
import { configurationErrors, configurationWarnings } from '../../runtime/jobs/configuration/findings.ts';
import { inputErrors, inputWarnings } from '../../seed-schema/data/findings.ts';
import { definitionErrors, definitionWarnings } from '../../runtime/recipe/judge/findings.ts';
import { operationsTable } from './operations.ts';
import { jobTypeConfigurationSchema } from '../../seed-schema/configuration/configuration.ts';
import { mountSchemas } from '../../seed-schema/configuration/mount.ts';
import { jobInputSchema } from '../../seed-schema/data/input.ts';
import { imageSchema, imagesSchema } from '../../seed-schema/images.ts';
import { doctorSchema } from '../../seed-schema/doctor.ts';
import { importResultSchema } from '../../seed-schema/import-result.ts';
import { intakeFileSchema, intakeTaskSchema } from '../../seed-schema/intake.ts';
import { ingestResultSchema } from '../../seed-schema/ingest-result.ts';
import { filesPageSchema } from '../../seed-schema/files-page.ts';
import { fileSchema } from '../../seed-schema/file.ts';
import { builtSchema, publishedSchema } from '../../seed-schema/publication.ts';
import { planSchema } from '../../seed-schema/plan.ts';
import { resultSchema } from '../../seed-schema/result.ts';
import { tokenPostSchema, userSchema } from '../../seed-schema/requests/access.ts';
import { jobPostSchema, jobRequeueSchema } from '../../seed-schema/requests/job.ts';
import { recipePostSchema } from '../../seed-schema/requests/recipe.ts';
import { jobTypePostSchema } from '../../seed-schema/requests/job-type.ts';
import { recipeTypePatchSchema } from '../../seed-schema/requests/recipe-type.ts';
import { webhookPostSchema } from '../../seed-schema/requests/webhook.ts';
import { nodePatchSchema, schedulerPatchSchema } from '../../seed-schema/requests/node.ts';
import { workspacePostSchema } from '../../seed-schema/requests/workspace.ts';
import { workspaceErrors, workspaceWarnings } from '../../runtime/jobs/configuration/judge-workspace.ts';
import { filterErrors, filterWarnings } from '../../runtime/recipe/filter/findings.ts';
import { validationSchema } from '../../seed-schema/validation.ts';
import { outcomes } from '../../runtime/errors/outcomes.ts';
import { ingestRejections } from '../../runtime/errors/ingest.ts';
import { pictureRejections } from '../../runtime/errors/pictures.ts';
import { ingestErrors, ingestWarnings } from '../../runtime/ingest/judge/findings.ts';
import { ruleSchema } from '../../seed-schema/ingest/parts.ts';
import { scanConfigurationSchema } from '../../seed-schema/ingest/scan.ts';
import { strikeConfigurationSchema } from '../../seed-schema/ingest/strike.ts';
import { rejections } from '../../runtime/errors/rejections.ts';
import { datasetRejections } from '../../runtime/errors/datasets.ts';
import { requestRejections } from '../../runtime/errors/requests.ts';
import { systemErrors } from '../../runtime/errors/system.ts';
import { taskRejections } from '../../runtime/errors/tasks.ts';
import { errorIndex, errorEntries } from './errors.ts';
import { findingsTable } from './findings.ts';
import { membersTable } from './members.ts';
import { optionsTable } from './options.ts';
import { limitsTable, settingsTable } from './settings.ts';

/** Every generated section of the pages in docs/, by the name that its markers carry. */
export const sections: Readonly<Record<string, () => string>> = {
  'error-index': errorIndex,
  rejections: () => errorEntries(rejections),
  'request-rejections': () => errorEntries(requestRejections),
  'ingest-rejections': () => errorEntries(ingestRejections),
  'dataset-rejections': () => errorEntries(datasetRejections),
  'picture-rejections': () => errorEntries(pictureRejections),
  'task-rejections': () => errorEntries(taskRejections),
  'ingest-rule-members': () => membersTable(ruleSchema),
  'strike-configuration-members': () => membersTable(strikeConfigurationSchema),
  'scan-configuration-members': () => membersTable(scanConfigurationSchema),
  'ingest-errors': () => findingsTable(ingestErrors),
  'ingest-warnings': () => findingsTable(ingestWarnings),
  outcomes: () => errorEntries(outcomes),
  'system-errors': () => errorEntries(systemErrors),
  settings: settingsTable,
  limits: limitsTable,
  'result-members': () => membersTable(resultSchema),
  'file-members': () => membersTable(fileSchema),
  'plan-members': () => membersTable(planSchema),
  'files-page-members': () => membersTable(filesPageSchema),
  'validation-members': () => membersTable(validationSchema),
  'import-members': () => membersTable(importResultSchema),
  'ingest-members': () => membersTable(ingestResultSchema),
  'doctor-members': () => membersTable(doctorSchema),
  'built-members': () => membersTable(builtSchema),
  'published-members': () => membersTable(publishedSchema),
  'images-members': () => membersTable(imagesSchema),
  'image-members': () => membersTable(imageSchema),
  'batch-members': () => membersTable(batchSchema),
  'batch-row-members': () => membersTable(batchRowSchema),
  'recipe-result-members': () => membersTable(recipeResultSchema),
  'recipe-result-node-members': () => membersTable(recipeResultNodeSchema),
  'intake-file-members': () => membersTable(intakeFileSchema),
  'intake-task-members': () => membersTable(intakeTaskSchema),
  'options-batch-create': () => optionsTable(batchCreateCommand()),
  'options-batch-add': () => optionsTable(batchAddCommand()),
  'options-batch': () => optionsTable(batchCommand()),
  'job-type-post-members': () => membersTable(jobTypePostSchema),
  'recipe-type-patch-members': () => membersTable(recipeTypePatchSchema),
  'job-post-members': () => membersTable(jobPostSchema),
  'recipe-post-members': () => membersTable(recipePostSchema),
  'job-requeue-members': () => membersTable(jobRequeueSchema),
  'user-members': () => membersTable(userSchema),
  'token-post-members': () => membersTable(tokenPostSchema),
  'node-patch-members': () => membersTable(nodePatchSchema),
  operations: operationsTable,
  'scheduler-patch-members': () => membersTable(schedulerPatchSchema),
  'workspace-post-members': () => membersTable(workspacePostSchema),
  'workspace-errors': () => findingsTable(workspaceErrors),
  'workspace-warnings': () => findingsTable(workspaceWarnings),
  'webhook-members': () => membersTable(webhookPostSchema),
  'configuration-members': () => membersTable(jobTypeConfigurationSchema),
  'host-mount-members': () => membersTable(mountSchemas.host),
  'volume-mount-members': () => membersTable(mountSchemas.volume),
  'job-input-members': () => membersTable(jobInputSchema),
  'configuration-errors': () => findingsTable(configurationErrors),
  'configuration-warnings': () => findingsTable(configurationWarnings),
  'input-errors': () => findingsTable(inputErrors),
  'input-warnings': () => findingsTable(inputWarnings),
  'definition-errors': () => findingsTable(definitionErrors),
  'definition-warnings': () => findingsTable(definitionWarnings),
  'filter-errors': () => findingsTable(filterErrors),
  'filter-warnings': () => findingsTable(filterWarnings),
  'options-build': () => optionsTable(buildCommand()),
  'options-convert': () => optionsTable(convertCommand()),
  'options-doctor': () => optionsTable(doctorCommand()),
  'options-init': () => optionsTable(initCommand()),
  'options-inspect': () => optionsTable(inspectCommand()),
  'options-list': () => optionsTable(listCommand()),
  'options-publish': () => optionsTable(publishCommand()),
  'options-pull': () => optionsTable(pullCommand()),
  'options-search': () => optionsTable(searchCommand()),
  'options-spec': () => optionsTable(specCommand()),
  'options-unpublish': () => optionsTable(unpublishCommand()),
};
