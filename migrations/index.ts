import { installation } from './0001_installation.ts';
import { catalog } from './0002_catalog.ts';
import { jobs } from './0003_jobs.ts';
import { events } from './0004_events.ts';
import { scheduler } from './0005_scheduler.ts';
import { secrets } from './0006_secrets.ts';
import { jobTypeDisplay } from './0007_job_type_display.ts';
import { privateQueues } from './0008_private_queues.ts';
import { content } from './0010_content.ts';
import { access } from './0012_access.ts';
import { tallies } from './0014_tallies.ts';
import { lists } from './0015_lists.ts';
import { observability } from './0016_observability.ts';
import { recipes } from './0017_recipes.ts';
import { fastLists } from './0018_fast_lists.ts';
import { ingest } from './0019_ingest.ts';
import { search } from './0021_search.ts';
import { retention } from './0023_retention.ts';
import { scaleImport } from './0024_import.ts';
import { fewerChecks } from './0025_fewer_checks.ts';
import { resourcesUsed } from './0026_resources_used.ts';
import { leftovers } from './0027_leftovers.ts';
import { batches } from './0028_batches.ts';
import { identities } from './0029_identities.ts';
import { schedules } from './0030_schedules.ts';
import { fewerIndexes } from './0031_fewer_indexes.ts';
import { sources } from './0032_sources.ts';
import { words } from './0033_words.ts';
import { errorOrders } from './0034_error_orders.ts';
import { periods } from './0035_periods.ts';
import { previousJobs } from './0036_previous_jobs.ts';
import { previousRecipes } from './0037_previous_recipes.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** Every migration, in the order in which they run. */
export const migrations: readonly Migration[] = [
  installation,
  catalog,
  jobs,
  events,
  scheduler,
  secrets,
  jobTypeDisplay,
  privateQueues,
  content,
  access,
  tallies,
  lists,
  observability,
  recipes,
  fastLists,
  ingest,
  search,
  retention,
  scaleImport,
  fewerChecks,
  resourcesUsed,
  leftovers,
  batches,
  identities,
  schedules,
  fewerIndexes,
  sources,
  words,
  errorOrders,
  periods,
  previousJobs,
  previousRecipes,
];
