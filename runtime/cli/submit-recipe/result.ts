import type { RecipeGraphDocument, RecipeGraphNode, RecipeResultNode } from '../../../seed-schema/index.ts';
import type { Client, JobDetails, JobRow } from '../../client/index.ts';
import { errorOf } from '../service/job-error.ts';
import { hasEnded } from '../service/watch-job.ts';
import { fileDocuments, type LocalFiles } from '../submit/file-documents.ts';

/** The most that the service gives at once. */
const pageSize = 1000;

/** Every node of a recipe as its result shows it; of a node with forEach every run that has a job, too. */
export async function resultNodes(
  client: Client,
  graph: RecipeGraphDocument,
  local: LocalFiles,
  above = '',
): Promise<RecipeResultNode[]> {
  const jobs = await jobsOf(client, graph.id);
  const nodes: RecipeResultNode[] = [];
  for (const node of graph.nodes) {
    const path = `${above}${node.name}`;
    const own = node.job_id === null || node.state === 'SKIPPED' ? undefined : await client.job(node.job_id);
    nodes.push(await resultNode(client, path, node, own, local));
    if (node.items)
      for (const [at, { id, status }] of (jobs.get(node.name) ?? []).entries()) {
        const run = { ...node, state: status, job_id: id, items: null, reason: null };
        nodes.push(await resultNode(client, `${path}/${at}`, run, await client.job(id), local));
      }
    if (node.graph) nodes.push(...(await resultNodes(client, node.graph, local, `${path}/`)));
  }
  return nodes;
}

/** Jobs of a recipe by node, in the order in which they were made, which is that of the input. */
async function jobsOf(client: Client, recipe: number): Promise<Map<string, JobRow[]>> {
  const byNode = new Map<string, JobRow[]>();
  for (let page = 1; ; page++) {
    const query = { recipe_id: recipe, order: 'id', page, page_size: pageSize };
    const { results } = await client.jobs(query);
    for (const job of results)
      byNode.set(job.recipe_node ?? '', [...(byNode.get(job.recipe_node ?? '') ?? []), job]);
    if (results.length < pageSize) return byNode;
  }
}

async function resultNode(
  client: Client,
  path: string,
  { node_type: kind, state, job_type: type, accepted, reason, started, ended, ...node }: RecipeGraphNode,
  job: JobDetails | undefined,
  local: LocalFiles,
): Promise<RecipeResultNode> {
  const execution = job?.execution;
  return {
    node: path,
    node_type: kind,
    state,
    job: node.job_id,
    job_type: type && `${type.name} ${type.version}`,
    recipe: node.recipe_id,
    accepted,
    reason,
    error: job && hasEnded(job) ? errorOf(job) : null,
    directory: null,
    outputs: {
      files: await fileDocuments(client, job?.output?.files ?? {}, local),
      json: { ...job?.output?.json },
    },
    ...reusedOf(job),
    logs: {
      stdout: execution ? client.logAddress(execution.id, 'stdout') : null,
      stderr: execution ? client.logAddress(execution.id, 'stderr') : null,
    },
    started: job ? job.started : started,
    ended: job ? job.ended : ended,
  };
}

/** The row of the execution that was reused may be gone. */
function reusedOf(job: JobDetails | undefined): Pick<RecipeResultNode, 'reused'> {
  const from = job?.reused_from;
  return from?.job ? { reused: { job: from.job.id, execution: from.job_exe.id } } : {};
}
