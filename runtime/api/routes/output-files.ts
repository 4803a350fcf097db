import { contextFile, listOutputFiles, type OutputFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { pathsOfJobs, recipeExists } from '../../recipes/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { OutputFileDocument } from '../documents/file.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { idOf, missing } from '../request/ids.ts';
import { cursorPaging, texts } from '../request/parameters.ts';
import type { Route } from '../route.ts';

const { page_size, cursor } = cursorPaging;
const kinds = [
  { kind: 'batch', path: '/batches', exists: batchExists },
  { kind: 'recipe', path: '/recipes', exists: recipeExists },
] as const;

/** What the jobs of a batch or recipe gave: `batches/{id}/files/`, `recipes/{id}/files/`. */
export function outputFileRoutes({ db }: Context): Route[] {
  return kinds.map(({ kind, path, exists }) => ({
    path: `${path}/:id/files`,
    methods: {
      GET: operation({
        summary: `List the files that the jobs of a ${kind} gave`,
        description:
          'Of jobs that have completed, by job, output and position, without deleted files. It is always read by cursors: `next` has the one to go on with, and `count` is that of the beginning. Jobs that complete meanwhile may be behind the cursor: read the list once more when all are done.',
        role: 'viewer',
        query: {
          job_output: texts('Name of the output.'),
          recipe_node: texts('Node of the recipe that the job is directly in.'),
          job_type_name: texts('Name of the job type.'),
          page_size,
          cursor,
        },
        answers: { 200: pageOf(OutputFileDocument) },
        handle: async ({ request, query, parameters }) => {
          const id = idOf(request, 'id', kind);
          const { job_output: outputs, recipe_node: nodes, job_type_name: jobTypes } = query;
          const filter = { of: { kind, id }, outputs, nodes, jobTypes };
          const { limit } = parameters.page();
          const page = await listOutputFiles(db, filter, { limit, cursor: query.cursor });
          if (page.count === 0 && !(await exists(db, id))) throw missing(kind, id);
          const jobs = new Set(page.rows.flatMap(({ of }) => (of.recipe === null ? [] : [of.job])));
          const paths = await pathsOfJobs(db, [...jobs]);
          return pageAnswer(request, parameters, page, async (file: OutputFile) => {
            const { meta_data: _details, ...shown } = await contextFile(file);
            const { job, recipe, output, position } = file.of;
            const steps = paths.get(job) ?? [];
            const of = {
              job: { id: job },
              recipe: recipe === null ? null : { id: recipe },
              path: steps.map(({ name, item }) => ({ name, item: item < 0 ? null : item })),
              ...{ output, position },
            };
            return { ...shown, sha256: file.sha256, of };
          });
        },
      }),
    },
  }));
}

async function batchExists(db: Queries, id: number): Promise<boolean> {
  const rows = await db.query('select from batch where id = $1', [id]);
  return rows.length > 0;
}
