import type { RecipeGraphDocument } from '../../../seed-schema/index.ts';
import type { Client, FileRow, JobRow } from '../../client/index.ts';
import { safe } from '../progress/job-lines.ts';
import { errorWords } from '../service/words.ts';
import type { Failure, Product, ReportData, ReportedExecution, ReportedJob } from './data.ts';

/** What is shown at most, and ids that one request asks for. */
const most = { levels: 3, jobs: 2000, failures: 50, products: 1000, ids: 200 };
/** Of the log of a job that failed. */
const log = { bytes: 8192, lines: 60 };

/** Asks the service for all that a report shows. @throws not-found */
export async function gather(client: Client, id: number): Promise<ReportData> {
  const graph = await client.recipeGraph(id, most.levels);
  const at = new Date().toISOString();
  const paths = await recipePaths(client, graph);
  const all = await jobsOf(client, id, most.jobs);
  const taken = await takenOver(client, graph, all.rows);
  const jobs = [...taken, ...all.rows];
  const nodeOf = ({ recipe, recipe_node }: JobRow) =>
    `${paths.get(recipe?.id ?? id) ?? ''}${recipe_node ?? '?'}`;
  const failed = await jobsOf(client, id, most.failures, 'FAILED');
  const failures: Failure[] = [];
  for (const job of failed.rows) failures.push(await failureOf(client, job, nodeOf(job)));
  const files = await client.files({
    recipe_id: [...paths.keys()].slice(0, most.ids),
    file_type: 'PRODUCT',
    page_size: most.products,
    order: 'id',
  });
  return {
    graph,
    at,
    jobs: jobs.map((job): ReportedJob => ({
      id: job.id,
      node: nodeOf(job),
      status: job.status,
      asked: job.resources.resources,
    })),
    jobsLeftOut: Math.max(0, all.count - all.rows.length),
    executions: await executionsOf(client, new Map(jobs.map((job) => [job.id, nodeOf(job)]))),
    failures,
    failuresLeftOut: Math.max(0, failed.count - failed.rows.length),
    products: files.results.map((file) => productOf(file, paths)),
    productsLeftOut: Math.max(0, files.count - files.results.length),
  };
}

/** By the id of every recipe inside, itself included: what stands before the names of its nodes, e.g. `tiles/`. */
async function recipePaths(client: Client, graph: RecipeGraphDocument): Promise<Map<number, string>> {
  const paths = new Map([[graph.id, '']]);
  const add = ({ nodes }: RecipeGraphDocument, prefix: string) => {
    for (const { name, graph: inside } of nodes) {
      if (!inside) continue;
      paths.set(inside.id, `${prefix}${name}/`);
      add(inside, `${prefix}${name}/`);
    }
  };
  add(graph, '');
  // Those that the graph only counts: of a node with forEach, or deeper.
  const { results } = await client.recipes({ root_recipe_id: graph.id, page_size: 1000, order: 'id' });
  for (const { id, recipe_type: type, recipe } of results)
    if (!paths.has(id))
      paths.set(id, `${paths.get(recipe?.id ?? graph.id) ?? ''}${type.name} (recipe ${id})/`);
  return paths;
}

async function jobsOf(
  client: Client,
  id: number,
  limit: number,
  status?: string,
): Promise<{ count: number; rows: JobRow[] }> {
  const rows: JobRow[] = [];
  for (let page = 1; ; page++) {
    const page_size = Math.min(1000, limit);
    const { count, results } = await client.jobs({
      root_recipe_id: id,
      status,
      order: 'id',
      page,
      page_size,
    });
    rows.push(...results);
    if (rows.length >= Math.min(limit, count) || results.length === 0) return { count, rows };
  }
}

/** Jobs of the recipe before, whose nodes this one has taken over. */
async function takenOver(
  client: Client,
  { nodes }: RecipeGraphDocument,
  known: readonly JobRow[],
): Promise<readonly JobRow[]> {
  const have = new Set(known.map(({ id }) => id));
  const named = new Map(
    nodes.flatMap(({ name, job_id }) => (job_id !== null && !have.has(job_id) ? [[job_id, name]] : [])),
  );
  const ids = [...named.keys()].slice(0, most.ids);
  if (ids.length === 0) return [];
  const { results } = await client.jobs({ job_id: ids, page_size: 1000 });
  return results;
}

async function executionsOf(
  client: Client,
  nodes: ReadonlyMap<number, string>,
): Promise<ReportedExecution[]> {
  const ids = [...nodes.keys()];
  const executions: ReportedExecution[] = [];
  for (let at = 0; at < ids.length; at += most.ids) {
    const { results } = await client.allExecutions({ job_id: ids.slice(at, at + most.ids), page_size: 1000 });
    executions.push(
      ...results.map(({ job, exe_num, status, node, queued, started, ended, used = null }) => ({
        jobId: job.id,
        node: nodes.get(job.id)!,
        try: exe_num,
        status,
        host: node?.hostname ?? null,
        ...{ queued, started, ended, used },
      })),
    );
  }
  return executions;
}

async function failureOf(
  client: Client,
  { id, error, num_exes: tries }: JobRow,
  node: string,
): Promise<Failure> {
  const words = error ? errorWords(error) : 'It failed.';
  const { results } = await client.executions(id);
  const text = results[0] ? await client.logEnd(results[0].id, log.bytes).catch(() => null) : null;
  return { jobId: id, node, tries, words, log: text === null ? null : lastLines(text) };
}

/** As a reader would see them: without colours and other controls of a terminal. */
function lastLines(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').slice(-log.lines);
  return lines.map((line) => safe(line).replace(/\x1b\[[0-9;]*m/g, '')).join('\n');
}

function productOf(file: FileRow, paths: ReadonlyMap<number, string>): Product {
  const {
    id,
    file_name: name,
    file_size: size,
    media_type: mediaType,
    geometry,
    job,
    recipe,
    recipe_node,
  } = file;
  const node = `${paths.get(recipe?.id ?? 0) ?? ''}${recipe_node ?? '?'}`;
  return { id, name, size, mediaType, geometry, node, jobId: job?.id ?? null };
}
