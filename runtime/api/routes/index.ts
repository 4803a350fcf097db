import type { Context } from '../context.ts';
import type { OpenApiDocument } from '../openapi/index.ts';
import type { Route } from '../route.ts';
import { contentRoutes } from './file-content.ts';
import { fileRoutes } from './files.ts';
import { jobTypeRoutes } from './job-types.ts';
import { jobRoutes } from './jobs.ts';
import { loadRoutes } from './load.ts';
import { liveLogRoutes } from './live-logs.ts';
import { logRoutes } from './logs.ts';
import { liveness } from './liveness.ts';
import { nodeRoutes } from './nodes.ts';
import { openApiRoutes } from './openapi.ts';
import { queueRoutes } from './queue.ts';
import { systemRoutes } from './system.ts';
import { uploadRoutes } from './uploads.ts';

/** Every route below the prefixes. The first that fits counts: fixed words come before parameters. */
export function routesOf(context: Context): Route[] {
  return [
    ...jobTypeRoutes(context),
    ...jobRoutes(context),
    ...logRoutes(context),
    ...liveLogRoutes(context),
    ...loadRoutes(context),
    ...queueRoutes(context),
    ...nodeRoutes(context),
    ...systemRoutes(context),
    ...uploadRoutes(context),
    ...fileRoutes(context),
    ...contentRoutes(context),
  ];
}

/** Routes below no prefix, for which no token is needed. @param document of all routes */
export function openRoutesOf(document: () => OpenApiDocument): Route[] {
  return [liveness, ...openApiRoutes(document)];
}
