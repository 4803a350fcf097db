import type { Context } from '../context.ts';
import type { OpenApiDocument } from '../openapi/index.ts';
import type { Route } from '../route.ts';
import { auditRoutes } from './audit.ts';
import { batchActionRoutes } from './batch-actions.ts';
import { eventRoutes } from './events.ts';
import { batchComparisonRoutes } from './batch-comparison.ts';
import { batchRoutes } from './batches.ts';
import { contentRoutes } from './file-content.ts';
import { linkRoutes, openLinkRoutes } from './file-links.ts';
import { thumbnailRoutes } from './file-thumbnail.ts';
import { lineageRoutes } from './file-lineage.ts';
import { fileRoutes } from './files.ts';
import { datasetRoutes } from './datasets.ts';
import { diagnosticRoutes } from './diagnostics.ts';
import { errorRoutes } from './errors.ts';
import { ingestRoutes } from './ingests.ts';
import { jobTypeStatusRoutes } from './job-type-statuses.ts';
import { jobTypeRoutes } from './job-types.ts';
import { jobExecutionRoutes } from './job-executions.ts';
import { jobRoutes } from './jobs.ts';
import { loadRoutes } from './load.ts';
import { knownFileRoutes } from './known-file.ts';
import { liveLogRoutes } from './live-logs.ts';
import { loginRoutes } from './login.ts';
import { logRoutes } from './logs.ts';
import { metricsRoutes } from './metrics.ts';
import { healthRoutes } from '../observe/health.ts';
import { nodeRoutes } from './nodes.ts';
import { openApiRoutes } from './openapi.ts';
import { projectRoutes } from './projects.ts';
import { purgeRoutes } from './purges.ts';
import { removalRoutes } from './removals.ts';
import { retentionRuleRoutes } from './retention-rules.ts';
import { queueRoutes } from './queue.ts';
import { recipeTypeRoutes } from './recipe-types.ts';
import { recipeRoutes } from './recipes.ts';
import { reprocessRoutes } from './reprocess.ts';
import { scheduleRoutes } from './schedules.ts';
import { scanRoutes } from './scans.ts';
import { strikeRoutes } from './strikes.ts';
import { systemRoutes } from './system.ts';
import { taskRoutes } from './tasks.ts';
import { timelineRoutes } from './timelines.ts';
import { tokenRoutes } from './tokens.ts';
import { uploadRoutes } from './uploads.ts';
import { workspaceRoutes } from './workspaces.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route below the prefixes. The first that fits counts: fixed words come before parameters. */
export function routesOf(context: Context): Route[] {
  return [
    ...jobTypeStatusRoutes(context),
    ...jobTypeRoutes(context),
    ...errorRoutes(context),
    ...diagnosticRoutes(context),
    ...jobRoutes(context),
    ...jobExecutionRoutes(context),
    ...logRoutes(context),
    ...liveLogRoutes(context),
    ...loadRoutes(context),
    ...queueRoutes(context),
    ...metricsRoutes(context),
    ...timelineRoutes(context),
    ...nodeRoutes(context),
    ...systemRoutes(context),
    ...workspaceRoutes(context),
    ...recipeTypeRoutes(context),
    ...recipeRoutes(context),
    ...reprocessRoutes(context),
    ...batchComparisonRoutes(context),
    ...batchRoutes(context),
    ...strikeRoutes(context),
    ...scanRoutes(context),
    ...ingestRoutes(context),
    ...taskRoutes(context),
    ...batchActionRoutes(context),
    ...datasetRoutes(context),
    ...scheduleRoutes(context),
    ...webhookRoutes(context),
    ...eventRoutes(context),
    ...uploadRoutes(context),
    ...knownFileRoutes(context),
    ...purgeRoutes(context),
    ...retentionRuleRoutes(context),
    ...removalRoutes(context),
    ...fileRoutes(context),
    ...contentRoutes(context),
    ...linkRoutes(context),
    ...lineageRoutes(context),
    ...thumbnailRoutes(context),
    ...userRoutes(context),
    ...tokenRoutes(context),
    ...projectRoutes(context),
    ...auditRoutes(context),
  ];
}

/** What anyone may ask for, outside the prefixes. @param document of all routes */
export function openRoutesOf(context: Context, document: () => OpenApiDocument): Route[] {
  return [
    ...healthRoutes(context.ready),
    ...loginRoutes(context),
    ...openLinkRoutes(context),
    ...openApiRoutes(document),
  ];
}
