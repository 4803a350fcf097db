import { contextFile, listInputFiles } from '../../catalog/index.ts';
import { jobExists, jobOrders, listExecutions, listJobs, executionOf } from '../../jobs/index.ts';
import { whyWaiting } from '../../scheduler/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { errorFilter } from '../request/error-filter.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { Query } from '../request/query.ts';
import type { Handler, Route } from '../route.ts';
import { executionDetails, executionDocument } from '../shapes/execution.ts';
import { jobDocument } from '../shapes/job.ts';
import { bulkRoutes } from './bulk-jobs.ts';
import { readJob } from './job-details.ts';
import { postJob } from './post-job.ts';

const statuses = ['PENDING', 'BLOCKED', 'QUEUED', 'RUNNING', 'FAILED', 'COMPLETED', 'CANCELED'];

/** What is run: `jobs/` and all below. */
export function jobRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    ...bulkRoutes(context),
    { path: '/jobs', methods: { GET: list(context), POST: postJob(context) } },
    {
      path: '/jobs/:id',
      methods: {
        GET: async (request) => {
          const id = idOf(request, 'id', 'job');
          return { json: found(await readJob(db, id), 'job', id) };
        },
      },
    },
    {
      path: '/jobs/:id/why',
      shape: 'own',
      methods: {
        GET: async (request) => {
          const id = idOf(request, 'id', 'job');
          return { json: found(await whyWaiting(db, id), 'job', id) };
        },
      },
    },
    { path: '/jobs/:id/executions', methods: { GET: executions(context) } },
    {
      path: '/jobs/:id/executions/:num',
      methods: {
        GET: async (request) => {
          const id = idOf(request, 'id', 'job');
          const num = idOf(request, 'num', 'execution');
          return {
            json: executionDetails(found(await executionOf(db, id, num), 'execution', `${id}x${num}`)),
          };
        },
      },
    },
    { path: '/jobs/:id/input_files', methods: { GET: inputFiles(context) } },
  ];
}

function list({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const source = query.times('source_started', 'source_ended');
    const filter = {
      ...query.times('started', 'ended'),
      ...errorFilter(query),
      sourceStarted: source.started,
      sourceEnded: source.ended,
      sensorClasses: query.texts('source_sensor_class'),
      sensors: query.texts('source_sensor'),
      collections: query.texts('source_collection'),
      tasks: query.texts('source_task'),
      statuses: query.words('status', statuses),
      ids: query.numbers('job_id'),
      jobTypeIds: query.numbers('job_type_id'),
      jobTypeNames: query.texts('job_type_name'),
      batchIds: query.numbers('batch_id'),
      recipeIds: query.numbers('recipe_id'),
      isSuperseded: query.flag('is_superseded'),
    };
    const page = await listJobs(db, filter, query.order(jobOrders), query.page());
    return pageAnswer(request, query, page, jobDocument);
  };
}

function executions({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const id = idOf(request, 'id', 'job');
    const filter = {
      statuses: query.words('status', statuses),
      nodeIds: query.numbers('node_id'),
      ...errorFilter(query),
    };
    const page = await listExecutions(db, id, filter, query.page());
    if (page.count === 0 && !(await jobExists(db, id))) throw missing('job', id);
    return pageAnswer(request, query, page, executionDocument);
  };
}

function inputFiles({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const jobId = idOf(request, 'id', 'job');
    const [timeField = 'last_modified'] =
      query.words('time_field', ['last_modified', 'data', 'source']) ?? [];
    const filter = {
      jobId,
      ...query.times('started', 'ended'),
      timeField: timeField as 'last_modified' | 'data' | 'source',
      fileName: query.text('file_name'),
      jobInput: query.text('job_input'),
    };
    const page = await listInputFiles(db, filter, query.page());
    if (page.count === 0 && !(await jobExists(db, jobId))) throw missing('job', jobId);
    return pageAnswer(request, query, page, contextFile);
  };
}
