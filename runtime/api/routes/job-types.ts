import {
  jobTypeDetails,
  type JobTypeDetails,
  listJobTypeNames,
  listJobTypes,
  listRevisions,
  revisionOf,
} from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { found, idOf, missing, textOf } from '../request/ids.ts';
import { Query } from '../request/query.ts';
import type { Handler, Route } from '../route.ts';
import { jobTypeDocument, revisionDocument } from '../shapes/job-type.ts';
import { changeType, postJobType, validateJobType } from './save-job-type.ts';
import { typeDocument } from './type-document.ts';

/** What can be run: `job-types/`, `job-type-names/`. */
export function jobTypeRoutes(context: Context): Route[] {
  const { db } = context;
  const typeOf = async (request: Parameters<Handler>[0]): Promise<JobTypeDetails> => {
    const key = { name: textOf(request, 'name'), version: textOf(request, 'version') };
    return found(await jobTypeDetails(db, key), 'job type', `${key.name} ${key.version}`);
  };
  return [
    { path: '/job-type-names', methods: { GET: names(context) } },
    { path: '/job-types', methods: { GET: list(context), POST: postJobType(context) } },
    { path: '/job-types/validation', methods: { POST: validateJobType(context) } },
    { path: '/job-types/:name', methods: { GET: versions(context) } },
    {
      path: '/job-types/:name/:version',
      methods: {
        GET: async (request) => ({ json: await typeDocument(context, await typeOf(request)) }),
        PATCH: async (request, response) => changeType(context, await typeOf(request), request, response),
      },
    },
    {
      path: '/job-types/:name/:version/revisions',
      methods: {
        GET: async (request) => {
          const query = new Query(request.url);
          const type = await typeOf(request);
          const page = await listRevisions(db, type.id, query.page());
          return pageAnswer(request, query, page, (row) => revisionDocument(type, row, false));
        },
      },
    },
    {
      path: '/job-types/:name/:version/revisions/:revision',
      methods: {
        GET: async (request) => {
          const type = await typeOf(request);
          const revision = idOf(request, 'revision', 'revision');
          const row = found(await revisionOf(db, type.id, revision), 'revision', revision);
          return { json: revisionDocument(type, row, true) };
        },
      },
    },
  ];
}

function names({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const page = await listJobTypeNames(db, filterOf(query), query.page());
    return pageAnswer(request, query, page, (row) => row);
  };
}

function list({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    return pageAnswer(request, query, await listJobTypes(db, filterOf(query), query.page()), jobTypeDocument);
  };
}

function versions({ db }: Context): Handler {
  return async (request) => {
    const query = new Query(request.url);
    const name = textOf(request, 'name');
    const page = await listJobTypes(db, { name, isActive: query.flag('is_active') }, query.page());
    if (page.count === 0 && (await listJobTypes(db, { name }, { offset: 0, limit: 1 })).count === 0)
      throw missing('job type', name);
    return pageAnswer(request, query, page, jobTypeDocument);
  };
}

function filterOf(query: Query) {
  return {
    keywords: query.texts('keyword'),
    ids: query.numbers('id'),
    isActive: query.flag('is_active'),
    isSystem: query.flag('is_system'),
  };
}
