import { manifestOf } from '../support/cli-jobs.ts';
import { scan, strike, workspace } from './ingest.ts';
import { batch, dataset, definition, empty, inner, name, version, type World } from './world.ts';

/** One request to an operation. */
export interface Prepared {
  /** Values of the parameters in its path. */
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: string;
  readonly body?: object;
}

/** What is asked of the operations that need a body, or values in their path. By method and path as the document has them. */
export function requestsOf(world: World): Readonly<Record<string, readonly Prepared[]>> {
  const { completedJob, failedJob } = world;
  const type = { docker_image: world.image, manifest: manifestOf({ name: 'contract-new' }) };
  const count = [{ body: { num: 1 } }];
  const recipeType = { name: world.recipeTypeName };
  const metrics = [{ path: { name: 'job-types' } }];
  return {
    'POST /job-types/': [{ body: { ...type, configuration: { priority: 5 } } }],
    'POST /job-types/validation/': [{ body: type }, { body: { ...type, manifest: { job: {} } } }],
    'GET /job-types/{name}/': [{ path: { name } }],
    'GET /job-types/{name}/{version}/': [{ path: { name, version } }],
    'PATCH /job-types/{name}/{version}/': [{ path: { name, version }, body: { is_published: true } }],
    'GET /job-types/{name}/{version}/revisions/': [{ path: { name, version } }],
    'GET /job-types/{name}/{version}/revisions/{revision_num}/': [
      { path: { name, version, revision_num: 1 } },
      { path: { name, version, revision_num: 2 } },
    ],
    'POST /jobs/': [{ body: { job_type_id: world.typeId, input: { version: '7', files: {}, json: {} } } }],
    'POST /jobs/cancel/': [{ body: { job_ids: [987_654_321] } }],
    'POST /jobs/requeue/': [{ body: { job_ids: [987_654_321], priority: 3 } }],
    'GET /jobs/{id}/': [{ path: { id: completedJob } }, { path: { id: failedJob } }],
    'GET /jobs/{id}/executions/': [{ path: { id: completedJob } }, { path: { id: failedJob } }],
    'GET /jobs/{id}/executions/{exe_num}/': [
      { path: { id: completedJob, exe_num: 1 } },
      { path: { id: failedJob, exe_num: 1 } },
    ],
    'GET /jobs/{id}/input_files/': [{ path: { id: completedJob } }],
    'POST /recipe-types/': [
      { body: { title: 'Contract new', description: 'Proves something.', definition } },
    ],
    'POST /recipe-types/validation/': [
      { body: { definition } },
      { body: { name: recipeType.name, definition: { ...definition, nodes: {} } } },
      { body: { definition: { version: '7' } } },
    ],
    'GET /recipe-types/{name}/': [{ path: recipeType }, { path: { name: inner } }],
    'PATCH /recipe-types/{name}/': [
      { path: recipeType, body: { title: 'Contract, changed', auto_update: true } },
      {
        path: { name: inner },
        body: { definition: { ...empty, input: { json: [{ name: 'n', type: 'string', required: false }] } } },
      },
      { path: { name: inner }, body: { is_active: false, auto_update: false } },
      { path: { name: inner }, body: { is_active: true } },
    ],
    'GET /recipe-types/{name}/revisions/': [{ path: recipeType }],
    'GET /recipe-types/{name}/revisions/{revision_num}/': [
      { path: { ...recipeType, revision_num: 1 } },
      { path: { name: inner, revision_num: 2 } },
    ],
    'POST /recipes/': [
      {
        body: {
          recipe_type_id: world.recipeTypeId,
          input: { version: '7', files: { SCENE: [world.fileId] }, json: {} },
          configuration: { priority: 50 },
        },
      },
    ],
    'POST /recipes/{id}/reprocess/': [
      { path: { id: world.recipeId }, body: { forced_nodes: { all: true } } },
    ],
    'GET /recipes/{id}/': [{ path: { id: world.recipeId } }],
    'GET /recipes/{id}/input_files/': [{ path: { id: world.recipeId } }],
    'POST /datasets/': [
      { body: { title: 'Contract new', definition: dataset } },
      { body: { title: 'Contract new', definition: dataset, data: { files: { SCENE: [world.fileId] } } } },
    ],
    'POST /datasets/validation/': [
      { body: { definition: dataset } },
      { body: { definition: { parameters: { files: [{ name: 'A' }, { name: 'A' }] } } } },
    ],
    'GET /datasets/{id}/': [{ path: { id: world.datasetId } }],
    'POST /datasets/{id}/': [
      { path: { id: world.datasetId }, body: { data: [{ files: { SCENE: [world.fileId] }, json: {} }] } },
      {
        path: { id: world.datasetId },
        body: { data_template: { files: { SCENE: 'FILE_VALUE' }, json: {} }, job_id: 1, dry_run: true },
      },
      {
        path: { id: world.datasetId },
        body: { data_template: { files: { SCENE: 'FILE_VALUE' } }, file_name: 'scene.tif', order: '-id' },
      },
    ],
    'GET /datasets/{id}/members/': [{ path: { id: world.datasetId } }],
    'GET /datasets/members/{id}/': [{ path: { id: world.datasetMemberId } }],
    'GET /job-executions/{job_exe_id}/logs/{log_name}/': ['stdout', 'stderr', 'combined'].map((log_name) => ({
      path: { job_exe_id: world.completedExecution, log_name },
    })),
    'POST /files/purge-source/': [{ body: { file_id: world.purgedFileId } }],
    'GET /files/{id}/': [{ path: { id: world.fileId } }],
    'GET /nodes/{id}/': [{ path: { id: world.nodeId } }],
    'PATCH /nodes/{id}/': [{ path: { id: world.nodeId }, body: { is_paused: false } }],
    'PATCH /scheduler/': [{ body: { is_paused: false } }],
    'GET /errors/{id}/': [{ path: { id: world.errorId } }],
    'POST /workspaces/': [{ body: workspace('Contract') }],
    'POST /workspaces/validation/': [{ body: workspace('Judged') }],
    'GET /workspaces/{id}/': [{ path: { id: world.workspaceId } }],
    'PATCH /workspaces/{id}/': [{ path: { id: world.workspaceId }, body: { description: 'Changed.' } }],
    'POST /strikes/': [{ body: strike(world.sourceName) }],
    'POST /strikes/validation/': [{ body: strike(world.sourceName) }, { body: strike('nowhere') }],
    'GET /strikes/{id}/': [{ path: { id: world.strikeId } }],
    'PATCH /strikes/{id}/': [{ path: { id: world.strikeId }, body: { title: 'Contract, changed' } }],
    'POST /batches/': [{ body: batch(world.recipeTypeId) }],
    'POST /batches/validation/': [
      { body: { recipe_type_id: world.recipeTypeId, definition: { tasks: true } } },
      {
        body: {
          recipe_type_id: world.recipeTypeId,
          definition: { previous_batch: { root_batch_id: world.batchId } },
        },
      },
      { body: { recipe_type_id: 987_654_321, definition: { dataset: 987_654_321 } } },
    ],
    'GET /batches/{id}/': [{ path: { id: world.batchId } }],
    'PATCH /batches/{id}/': [{ path: { id: world.batchId }, body: { title: 'Contract, changed' } }],
    'GET /batches/comparison/{id}/': [{ path: { id: world.batchId } }],
    'POST /scans/': [{ body: scan(world.sourceName) }],
    'POST /scans/validation/': [{ body: scan(world.sourceName) }, { body: scan('nowhere') }],
    'GET /scans/{id}/': [{ path: { id: world.scanId } }],
    'PATCH /scans/{id}/': [{ path: { id: world.scanId }, body: { title: 'Contract, changed' } }],
    'POST /scans/{id}/process/': [{ path: { id: world.idleScanId }, body: { ingest: false } }],
    'POST /scans/cancel/{id}/': [{ path: { id: world.scanId }, body: { ingest: false } }],
    'GET /ingests/{id}/': [{ path: { id: world.ingestId } }],
    'GET /metrics/{name}/': metrics,
    'GET /metrics/{name}/plot-data/': [
      { path: { name: 'job-types' }, query: 'column=completed_count&column=failed_count' },
    ],
    'GET /timeline/job-types/': [{ query: 'started=P1D' }],
    'GET /timeline/recipe-types/': [{ query: 'started=P1D' }],
    'POST /diagnostics/job/bake/': count,
    'POST /diagnostics/job/hello/': count,
    'POST /diagnostics/job/roulette/': count,
    'POST /diagnostics/recipe/casino/': count,
  };
}

/** A value for a parameter of a query that fits what was prepared. */
export function valueOf(
  operation: string,
  parameter: string,
  type: string | undefined,
  world: World,
): string {
  const known: Readonly<Record<string, string | number>> = {
    started: '2020-01-01T00:00:00Z',
    ended: 'PT0S',
    order: '-id',
    page: 1,
    page_size: 5,
    status: operation === 'GET /ingests/' ? 'INGESTED' : 'RUNNING',
    category: 'SYSTEM',
    error_category: 'SYSTEM',
    time_field: 'data',
    column: 'completed_count',
    group: 'overview',
    job_type_id: world.typeId,
    recipe_id: world.recipeId,
    recipe_type_id: world.recipeTypeId,
    job_id: world.completedJob,
    node_id: world.nodeId,
    scan_id: world.scanId,
    root_batch_id: world.batchId,
    strike_id: world.strikeId,
  };
  // A month at most.
  if (operation === 'GET /ingests/status/' && parameter === 'started') return 'P10D';
  if (parameter.endsWith('_started')) return '2020-01-01T00:00:00Z';
  if (parameter.endsWith('_ended')) return 'PT0S';
  if (Object.hasOwn(known, parameter)) return String(known[parameter]);
  return { integer: '1', boolean: 'true' }[type ?? ''] ?? 'contract';
}
