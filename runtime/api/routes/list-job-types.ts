import { listJobTypeNames, listJobTypes } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { JobTypeDocument, JobTypeNameDocument } from '../documents/job-type.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { missing, textOf } from '../request/ids.ts';
import { flag, numbers, paging, texts, type Values } from '../request/parameters.ts';
import { jobTypeDocument } from '../shapes/job-type.ts';

const isActive = flag('Whether it takes new jobs.');
const filters = {
  keyword: texts('A part of name, title, description or tags.'),
  id: numbers('Id of a job type.'),
  is_active: isActive,
  is_system: flag('Whether it belongs to the system itself.'),
};

/** `GET job-type-names/` */
export function listNames({ db }: Context): Operation {
  return operation({
    summary: 'List the names of job types',
    role: 'viewer',
    query: { ...filters, ...paging },
    answers: { 200: pageOf(JobTypeNameDocument) },
    handle: async ({ request, query, parameters }) => {
      const page = await listJobTypeNames(db, filterOf(query), parameters.page());
      return pageAnswer(request, parameters, page, (row) => row);
    },
  });
}

/** `GET job-types/` */
export function listTypes({ db }: Context): Operation {
  return operation({
    summary: 'List job types',
    role: 'viewer',
    query: { ...filters, ...paging },
    answers: { 200: pageOf(JobTypeDocument) },
    handle: async ({ request, query, parameters }) => {
      const page = await listJobTypes(db, filterOf(query), parameters.page());
      return pageAnswer(request, parameters, page, jobTypeDocument);
    },
  });
}

/** `GET job-types/{name}/` */
export function listVersions({ db }: Context): Operation {
  return operation({
    summary: 'List the versions of a job type',
    role: 'viewer',
    query: { is_active: isActive, ...paging },
    answers: { 200: pageOf(JobTypeDocument) },
    handle: async ({ request, query, parameters }) => {
      const name = textOf(request, 'name');
      const page = await listJobTypes(db, { name, isActive: query.is_active }, parameters.page());
      if (page.count === 0 && (await listJobTypes(db, { name }, { offset: 0, limit: 1 })).count === 0)
        throw missing('job type', name);
      return pageAnswer(request, parameters, page, jobTypeDocument);
    },
  });
}

function filterOf({ keyword, id, is_active, is_system }: Values<typeof filters>) {
  return { keywords: keyword, ids: id, isActive: is_active, isSystem: is_system };
}
