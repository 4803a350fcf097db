import { contextFile, fileOrders, filesById, listFiles } from '../../catalog/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { FileDetailsDocument, FileDocument } from '../documents/file.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { cursorPaging, numbers, order, texts, time, words } from '../request/parameters.ts';
import { sourceFilter, sourceParameters } from '../request/source-filter.ts';
import type { Route } from '../route.ts';
import { postFile } from './post-file.ts';

/** The catalogue: `files/`. */
export function fileRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/files', methods: { GET: list(context), POST: postFile(context) } },
    {
      path: '/files/:id',
      methods: {
        GET: operation({
          summary: 'Show a file',
          role: 'viewer',
          answers: { 200: FileDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'file');
            const [file] = await filesById(db, [id]);
            return { json: await contextFile(found(file, 'file', id)) };
          },
        }),
      },
    },
  ];
}

const filters = {
  data_started: time('Data not before then.'),
  data_ended: time('Data not after then.'),
  source_started: time('Collected not before then.'),
  source_ended: time('Collected not after then.'),
  modified_started: time('Last modified not before then.'),
  modified_ended: time('Last modified not after then.'),
  ...sourceParameters,
  job_output: texts('Name of the output that it is of.'),
  job_type_id: numbers('Job type that made it.'),
  job_type_name: texts('Name of the job type that made it.'),
  job_id: numbers('Job that made it.'),
  recipe_id: numbers('Recipe that made it.'),
  recipe_node: texts('Node of the recipe that made it.'),
  recipe_type_id: numbers('Recipe type that made it.'),
  batch_id: numbers('Batch that made it.'),
  file_name: texts('Name, without directories.'),
  created_started: time('Catalogued not before then.'),
  created_ended: time('Catalogued not after then.'),
  file_type: words(['SOURCE', 'PRODUCT'], 'Whether a job made it.'),
  media_type: texts('Media type, as image/tiff.'),
  data_type: texts('Tag; a file has one of them.'),
  country: texts('ISO 3166 code of a country; a file lies in one of them.'),
  workspace: texts('Name of its workspace.'),
};

function list({ db }: Context): Operation {
  return operation({
    summary: 'List files',
    description: 'Those that are neither deleted nor superseded.',
    role: 'viewer',
    query: { ...filters, ...order(fileOrders), ...cursorPaging },
    answers: { 200: pageOf(FileDocument) },
    handle: async ({ request, query, parameters }) => {
      const filter = {
        ...sourceFilter(query),
        dataStarted: query.data_started,
        dataEnded: query.data_ended,
        sourceStarted: query.source_started,
        sourceEnded: query.source_ended,
        modifiedStarted: query.modified_started,
        modifiedEnded: query.modified_ended,
        jobOutputs: query.job_output,
        jobTypeIds: query.job_type_id,
        jobTypeNames: query.job_type_name,
        jobIds: query.job_id,
        recipeIds: query.recipe_id,
        recipeNodes: query.recipe_node,
        recipeTypeIds: query.recipe_type_id,
        batchIds: query.batch_id,
        fileNames: query.file_name,
        createdStarted: query.created_started,
        createdEnded: query.created_ended,
        fileTypes: query.file_type,
        mediaTypes: query.media_type,
        dataTypes: query.data_type,
        countries: query.country,
        workspaces: query.workspace,
      };
      const page = await listFiles(db, filter, query.order, parameters.page());
      return pageAnswer(request, parameters, page, async (file) => {
        const { meta_data: _details, ...shown } = await contextFile(file);
        return shown;
      });
    },
  });
}
