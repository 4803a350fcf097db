import type { Context } from '../context.ts';
import type { Route } from '../route.ts';
import { contentRoutes } from './file-content.ts';
import { fileRoutes } from './files.ts';
import { jobTypeRoutes } from './job-types.ts';
import { jobRoutes } from './jobs.ts';
import { loadRoutes } from './load.ts';
import { knownFileRoutes } from './known-file.ts';
import { liveLogRoutes } from './live-logs.ts';
import { logRoutes } from './logs.ts';
import { nodeRoutes } from './nodes.ts';
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
    ...knownFileRoutes(context),
    ...fileRoutes(context),
    ...contentRoutes(context),
  ];
}
