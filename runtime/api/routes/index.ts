import type { Context } from '../context.ts';
import { healthRoutes } from '../observe/health.ts';
import type { Check } from '../observe/readiness.ts';
import type { OpenApiDocument } from '../openapi/index.ts';
import type { Route } from '../route.ts';
import { auditRoutes } from './audit.ts';
import { contentRoutes } from './file-content.ts';
import { fileRoutes } from './files.ts';
import { jobTypeRoutes } from './job-types.ts';
import { jobRoutes } from './jobs.ts';
import { loadRoutes } from './load.ts';
import { laterRoutes } from './later.ts';
import { liveLogRoutes } from './live-logs.ts';
import { loginRoutes } from './login.ts';
import { logRoutes } from './logs.ts';
import { nodeRoutes } from './nodes.ts';
import { openApiRoutes } from './openapi.ts';
import { projectRoutes } from './projects.ts';
import { queueRoutes } from './queue.ts';
import { systemRoutes } from './system.ts';
import { tokenRoutes } from './tokens.ts';
import { uploadRoutes } from './uploads.ts';
import { workspaceRoutes } from './workspaces.ts';
import { userRoutes } from './users.ts';

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
    ...workspaceRoutes(context),
    ...laterRoutes(),
    ...uploadRoutes(context),
    ...fileRoutes(context),
    ...contentRoutes(context),
    ...userRoutes(context),
    ...tokenRoutes(context),
    ...projectRoutes(context),
    ...auditRoutes(context),
  ];
}

/** What anyone is told of the service. */
export interface Disclosed {
  /** What keeps it from its work. */
  readonly ready: () => Promise<Check[]>;
  /** Of all that it answers. */
  readonly document: () => OpenApiDocument;
}

/** What anyone may ask for, outside the prefixes. */
export function openRoutesOf(context: Context, { ready, document }: Disclosed): Route[] {
  return [...healthRoutes(ready), ...loginRoutes(context), ...openApiRoutes(document)];
}
