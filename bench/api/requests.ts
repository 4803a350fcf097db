import type { Route } from '../../runtime/api/route.ts';
import type { Seeded } from './seed.ts';

/** What is asked at a route of a list, besides the route alone: typical filters and orders. */
const queries: Readonly<Record<string, readonly string[]>> = {
  '/jobs': [
    'order=-last_modified',
    'page=50&order=-last_modified',
    'cursor=&order=-last_modified',
    'status=FAILED&order=-last_modified',
    'status=QUEUED',
    'status=RUNNING&order=-last_modified',
    'status=COMPLETED&order=-last_modified',
    'started=PT1H',
    'started=P30D&ended=P20D&order=-last_modified',
    'job_type_name=bench-type-7&order=-last_modified',
    'job_type_id={type}&status=FAILED',
    'error_category=SYSTEM&order=-last_modified',
    'error_id=2003',
    'error_id=9999',
    'batch_id=5',
    'recipe_id=12',
    'is_superseded=false&order=-last_modified',
    'source_sensor=sensor-7&order=-last_modified',
    'source_task=task-77',
    'order=-id',
    'order=status',
    'order=-job_type',
    'order=recipe',
    'order=-recipe',
    'order=-error',
    'order=error.category',
    'order=-error.category',
    'order=-error.title',
    'page=50&order=error.title',
  ],
  '/files': [
    'order=-last_modified',
    'page=50&order=-last_modified',
    'cursor=&order=-last_modified',
    'modified_started=PT1H',
    'data_started=P2D&data_ended=P1D',
    'source_started=P2D&order=source_started',
    'source_sensor_class=class-1&order=-last_modified',
    'source_sensor=sensor-7&order=-last_modified',
    'source_collection=collection-7',
    'source_task=task-77',
    'job_output=OUTPUT_2',
    'job_output=NONE',
    'job_type_id={type}&order=-last_modified',
    'job_type_name=bench-type-3',
    'job_id={job}',
    'recipe_id=50',
    'recipe_node=node-100',
    'recipe_type_id=100',
    'batch_id=3',
    'file_name=77.tif',
    'media_type=image/png&order=-last_modified',
    'media_type=none/none',
    'data_type=tag-7&order=-last_modified',
    'country=C10',
    'file_type=SOURCE&order=-created',
    'order=file_name',
  ],
  '/load': ['started=P1D', 'started=P7D', 'job_type_id={type}'],
  '/job-executions': [
    'status=FAILED',
    'order=-started',
    'job_type_id={type}',
    'job_type_id={type}&status=FAILED',
    'job_type_name=bench-type-7',
    'error_id=2003',
  ],
};

/** What an address cannot be asked for to measure it: it has no end, or is no JSON. */
const unmeasured = (path: string) => /\/(live|content|events)\b|\/uploads\b/.test(path);

/** Addresses below the prefix for every operation that can be read. */
export function requestsOf(routes: readonly Route[], seeded: Seeded): string[] {
  const readable = routes.filter(({ path, methods }) => methods.GET && !unmeasured(path));
  const all = readable.flatMap(({ path }) => {
    const address = `${fill(path, seeded)}/`;
    return [address, ...(queries[path] ?? []).map((query) => `${address}?${fill(query, seeded)}`)];
  });
  return [...new Set(all)];
}

function fill(text: string, seeded: Seeded): string {
  const { job, execution, file, node, workspace, type } = seeded;
  return text
    .replace(/^\/jobs\/:id\b/, `/jobs/${job}`)
    .replace(/^\/job-executions\/:id\b/, `/job-executions/${execution}`)
    .replace(/^\/files\/:id\b/, `/files/${file}`)
    .replace(/^\/nodes\/:id\b/, `/nodes/${node}`)
    .replace(/^\/workspaces\/:id\b/, `/workspaces/${workspace}`)
    .replace(/^\/job-types\/:name\b/, '/job-types/bench-type-7')
    .replace(/:version\b/, '1.0.0')
    .replace(/^\/metrics\/:name\b/, '/metrics/job-types')
    .replace(/^(\/job-executions\/\d+\/logs)\/:name\b/, '$1/stdout')
    .replace(/:\w+/g, '1')
    .replace('{type}', `${type}`)
    .replace('{job}', `${job}`);
}
