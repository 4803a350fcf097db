import { type JobDraft, manifestOf } from '../support/cli-jobs.ts';
import type { AnsweredDocument } from '../support/http.ts';
import { scan, strike, workspace } from './ingest.ts';
import { until } from '../support/cli-files.ts';
import { busyboxImage } from '../support/engine.ts';
import type { Service } from './service.ts';

/** Ids and names of what was prepared, by what path parameters and filters are about. */
export interface World {
  readonly image: string;
  readonly typeId: number;
  readonly fileId: number;
  /** That nothing uses. */
  readonly purgedFileId: number;
  /** It has a member. */
  readonly datasetId: number;
  readonly datasetMemberId: number;
  readonly nodeId: number;
  readonly workspaceId: number;
  readonly errorId: number;
  readonly completedJob: number;
  readonly failedJob: number;
  readonly completedExecution: number;
  readonly recipeTypeId: number;
  readonly recipeTypeName: string;
  readonly recipeId: number;
  /** A workspace that files can be taken from. */
  readonly sourceName: string;
  readonly strikeId: number;
  /** It has ingested files. */
  readonly scanId: number;
  /** It was never run. */
  readonly idleScanId: number;
  readonly ingestId: number;
  readonly batchId: number;
}

export const name = 'contract';
export const version = '1.0.0-beta.1';

const working: JobDraft & { name: string } = {
  name,
  files: [{ name: 'SCENE', required: false }],
  outputs: [{ name: 'COPY', pattern: '*.txt' }],
  script: 'echo begun; echo bad >&2; echo out > $OUTPUT_DIR/out.txt',
};

/** A recipe type that has no node, and is a part of another. */
export const inner = 'contract-inner';
export const empty = { version: '7', input: {}, nodes: {} };

/** Of a dataset. */
export const dataset = {
  parameters: { files: [{ name: 'SCENE', required: true, multiple: false }], json: [] },
};

/** A job, a condition, and after that a job and a recipe. */
export const definition = {
  version: '7',
  input: { files: [{ name: 'SCENE', media_types: [], required: true, multiple: false }], json: [] },
  nodes: {
    work: {
      dependencies: [],
      input: { SCENE: { type: 'recipe', input: 'SCENE' } },
      node_type: { node_type: 'job', job_type_name: name, job_type_version: version, job_type_revision: 1 },
    },
    check: {
      dependencies: [{ name: 'work', acceptance: true }],
      input: { SCENE: { type: 'recipe', input: 'SCENE' } },
      node_type: {
        node_type: 'condition',
        interface: { files: [{ name: 'SCENE', media_types: [], required: true, multiple: false }], json: [] },
        data_filter: {
          filters: [{ name: 'SCENE', type: 'filename', condition: '==', values: ['scene.tif'] }],
          all: true,
        },
      },
    },
    again: {
      dependencies: [{ name: 'check', acceptance: true }],
      input: { SCENE: { type: 'dependency', node: 'check', output: 'SCENE' } },
      node_type: { node_type: 'job', job_type_name: name, job_type_version: version, job_type_revision: 1 },
    },
    below: {
      dependencies: [{ name: 'again' }],
      input: {},
      node_type: { node_type: 'recipe', recipe_type_name: inner, recipe_type_revision: 1 },
    },
  },
};

/** Job types with revisions and a version that is no number; jobs in every state, with files, logs, errors and a node. */
export async function prepare(service: Service): Promise<World> {
  const image = await busyboxImage();
  const make = async (route: string, body: object | Buffer, status = 201) => {
    const answer = await service.send('POST', `/v6/${route}`, body);
    if (answer.status !== status) throw new Error(`POST ${route} → ${answer.status}: ${answer.body}`);
    return answer.json;
  };
  const type = (draft: JobDraft, more: object = {}) => {
    const manifest = manifestOf({ ...draft, resources: { cpus: 0.1, mem: 16 } }) as { job: object };
    return make('job-types/', {
      docker_image: image,
      manifest: { ...manifest, job: { ...manifest.job, jobVersion: version } },
      ...more,
    });
  };
  const submit = async (job_type: string, input: object = {}) =>
    (await make('jobs/', { job_type: { name: job_type, version }, input })).id;

  const { id: typeId } = await type(working);
  await type({ ...working, timeout: 50 });
  await type({ name: 'contract-fails', script: 'exit 7' });
  await type({ name: 'contract-runs', script: 'sleep 600' });
  await type({ name: 'contract-lacks', settings: [{ name: 'HOST' }] });
  await type({ name: 'contract-paused' }, { is_paused: true });
  const { id: fileId } = await make('files/?name=scene.tif&media_type=image/tiff', Buffer.from('a scene'));
  const { id: purgedFileId } = await make('files/?name=old.tif', Buffer.from('an old scene'));

  const data = [{ files: { SCENE: [fileId] }, json: {} }];
  const { id: datasetId } = await make('datasets/', { title: 'Contract', definition: dataset, data });
  const members = (await service.send('GET', `/v6/datasets/${datasetId}/members/`)).json.results;
  const datasetMemberId = Number(members[0]?.id);

  await make('recipe-types/', { title: 'Contract inner', definition: empty });
  const { id: recipeTypeId, name: recipeTypeName } = await make('recipe-types/', {
    title: 'Contract recipe',
    definition,
  });

  const completedJob = await submit(name, { files: { SCENE: [fileId] }, json: {} });
  const failedJob = await submit('contract-fails');
  await submit('contract-runs');
  await submit('contract-lacks');
  const canceled = await submit('contract-paused');
  await submit('contract-paused');
  await make('jobs/cancel/', { job_ids: [canceled] }, 202);

  const statuses = async () => {
    const { results } = (await service.send('GET', '/v6/jobs/?order=id')).json;
    return results.map(({ status }) => status).join(' ');
  };
  const wanted = 'COMPLETED FAILED RUNNING PENDING CANCELED QUEUED';
  await until(`jobs to be ${wanted}`, async () => ((await statuses()) === wanted ? true : undefined));
  const recipe = { recipe_type_id: recipeTypeId, input: { files: { SCENE: [fileId] }, json: {} } };
  const { id: recipeId } = await make('recipes/', recipe);
  await until('the recipe to be completed', async () =>
    (await service.send('GET', `/v6/recipes/${recipeId}/`)).json.is_completed ? true : undefined,
  );
  const ingests = await ingested(service, make);
  const { id: batchId } = await make('batches/', batch(recipeTypeId));
  const first = async (route: string) =>
    (await service.send('GET', `/v6/${route}`)).json.results?.[0]?.id ?? 1;
  const { execution } = (await service.send('GET', `/v6/jobs/${completedJob}/`)).json as unknown as {
    execution: { id: number };
  };
  return {
    ...ingests,
    batchId,
    ...{ recipeTypeId, recipeTypeName: String(recipeTypeName), recipeId },
    ...{ datasetId, datasetMemberId },
    ...{ image, typeId, fileId, purgedFileId, completedJob, failedJob, completedExecution: execution.id },
    nodeId: Number(await first('nodes/')),
    workspaceId: Number(await first('workspaces/')),
    errorId: Number(await first('errors/')),
  };
}

/** One that takes tasks. */
export const batch = (recipe_type_id: number) => ({
  title: 'Contract batch',
  description: 'Proves something.',
  recipe_type_id,
  definition: { tasks: true },
  configuration: { priority: 7 },
});

type Make = (route: string, body: object, status?: number) => Promise<AnsweredDocument>;

/** A strike, and scans of which one has ingested a file where it lies. */
async function ingested(service: Service, make: Make) {
  const { name: sourceName } = await make('workspaces/', workspace('Contract source'));
  const { id: strikeId } = await make('strikes/', strike(String(sourceName)));
  const { id: idleScanId } = await make('scans/', scan(String(sourceName)));
  const { id: scanId } = await make('scans/', scan(String(sourceName)));
  await make(`scans/${scanId}/process/`, { ingest: true });
  const ingestId = await until('a file to be ingested', async () => {
    const { results } = (await service.send('GET', `/v6/ingests/?scan_id=${scanId}&status=INGESTED`)).json;
    return results[0]?.id as number | undefined;
  });
  await until('the scan to end', async () =>
    (await service.send('GET', `/v6/scans/${scanId}/`)).json.status === 'COMPLETED' ? true : undefined,
  );
  return { sourceName: String(sourceName), strikeId, idleScanId, scanId, ingestId };
}

/** Ends the job that runs, whose container would outlive the service to be found by the next one. */
export async function endJobs(service: Service): Promise<void> {
  await service.send('POST', '/v6/jobs/cancel/', { status: ['RUNNING', 'QUEUED'] });
  await until('no job to run', async () => {
    const { count } = (await service.send('GET', '/v6/jobs/?status=RUNNING&status=QUEUED')).json;
    return count === 0 ? true : undefined;
  });
}
