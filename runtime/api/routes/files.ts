import { contextFile, fileOrders, filesById, listFiles } from '../../catalog/index.ts';
import { orderBy } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { found, idOf } from '../request/ids.ts';
import { Query } from '../request/query.ts';
import type { Handler, Route } from '../route.ts';
import { postFile } from './post-file.ts';

/** The catalogue: `files/`. */
export function fileRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/files', methods: { GET: list(context), POST: postFile(context) } },
    {
      path: '/files/:id',
      methods: {
        GET: async (request) => {
          const id = idOf(request, 'id', 'file');
          const [file] = await filesById(db, [id]);
          return { json: await contextFile(found(file, 'file', id)) };
        },
      },
    },
  ];
}

function list({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const [data, source, modified] = [
      query.times('data_started', 'data_ended'),
      query.times('source_started', 'source_ended'),
      query.times('modified_started', 'modified_ended'),
    ];
    const filter = {
      dataStarted: data.started,
      dataEnded: data.ended,
      sourceStarted: source.started,
      sourceEnded: source.ended,
      modifiedStarted: modified.started,
      modifiedEnded: modified.ended,
      sensorClasses: query.texts('source_sensor_class'),
      sensors: query.texts('source_sensor'),
      collections: query.texts('source_collection'),
      tasks: query.texts('source_task'),
      jobOutputs: query.texts('job_output'),
      jobTypeIds: query.numbers('job_type_id'),
      jobTypeNames: query.texts('job_type_name'),
      jobIds: query.numbers('job_id'),
      recipeIds: query.numbers('recipe_id'),
      recipeNodes: query.texts('recipe_node'),
      recipeTypeIds: query.numbers('recipe_type_id'),
      batchIds: query.numbers('batch_id'),
      fileNames: query.texts('file_name'),
    };
    const order = orderBy(query.order(fileOrders), fileOrders, 'f.id');
    const page = await listFiles(db, filter, order, query.page());
    return pageAnswer(request, query, page, async (file) => {
      const { meta_data: _details, ...shown } = await contextFile(file);
      return shown;
    });
  };
}
