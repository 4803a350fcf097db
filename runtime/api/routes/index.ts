import type { Context } from '../context.ts';
import type { Route } from '../route.ts';
import { contentRoutes } from './file-content.ts';
import { fileRoutes } from './files.ts';
import { errorRoutes } from './errors.ts';
import { jobTypeStatusRoutes } from './job-type-statuses.ts';
import { jobTypeRoutes } from './job-types.ts';
import { jobExecutionRoutes } from './job-executions.ts';
import { jobRoutes } from './jobs.ts';
import { loadRoutes } from './load.ts';
import { liveLogRoutes } from './live-logs.ts';
import { logRoutes } from './logs.ts';
import { metricsRoutes } from './metrics.ts';
import { nodeRoutes } from './nodes.ts';
import { queueRoutes } from './queue.ts';
import { systemRoutes } from './system.ts';
import { timelineRoutes } from './timelines.ts';
import { uploadRoutes } from './uploads.ts';

/** Every route below the prefixes. The first that fits counts: fixed words come before parameters. */
export function routesOf(context: Context): Route[] {
  return [
    ...jobTypeStatusRoutes(context),
    ...jobTypeRoutes(context),
    ...errorRoutes(context),
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
    ...uploadRoutes(context),
    ...fileRoutes(context),
    ...contentRoutes(context),
  ];
}
