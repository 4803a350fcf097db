import { jobTypeOrders, listJobTypeNames, listJobTypes, type Order } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { JobTypeDocument, JobTypeNameDocument } from '../documents/job-type.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { missing, textOf } from '../request/ids.ts';
import { flag, numbers, order, paging, texts, type Values } from '../request/parameters.ts';
import { jobTypeDocument } from '../shapes/job-type.ts';

const isActive = flag('Whether it takes new jobs.');
const filters = {
  keyword: texts('A part of name, title, description or tags.'),
  id: numbers('Id of a job type.'),
  is_active: isActive,
  is_system: flag('Whether it belongs to the system itself.'),
  is_operational: flag('Of Scale 5: every job type is operational here.'),
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
export function listTypes({ db, unmet }: Context): Operation {
  return operation({
    summary: 'List job types',
    role: 'viewer',
    query: { ...filters, ...order(jobTypeOrders), ...paging },
    answers: { 200: pageOf(JobTypeDocument) },
    handle: async ({ request, query, parameters }) => {
      const page = await listJobTypes(db, filterOf(query), parameters.page(), orderOf(query.order));
      const lacking = await unmet();
      return pageAnswer(request, parameters, page, (row) => jobTypeDocument(row, lacking));
    },
  });
}

/** `GET job-types/{name}/` */
export function listVersions({ db, unmet }: Context): Operation {
  return operation({
    summary: 'List the versions of a job type',
    role: 'viewer',
    query: { is_active: isActive, ...order(jobTypeOrders), ...paging },
    answers: { 200: pageOf(JobTypeDocument) },
    handle: async ({ request, query, parameters }) => {
      const name = textOf(request, 'name');
      const filter = { name, isActive: query.is_active };
      const page = await listJobTypes(db, filter, parameters.page(), orderOf(query.order));
      if (page.count === 0 && (await listJobTypes(db, { name }, { offset: 0, limit: 1 })).count === 0)
        throw missing('job type', name);
      const lacking = await unmet();
      return pageAnswer(request, parameters, page, (row) => jobTypeDocument(row, lacking));
    },
  });
}

/** Without one that is asked for, the list's own. */
function orderOf(order: Order): Order | undefined {
  return order.length === 0 ? undefined : order;
}

function filterOf({ keyword, id, is_active, is_system, is_operational }: Values<typeof filters>) {
  return {
    keywords: keyword,
    ids: id,
    isActive: is_active,
    isSystem: is_system,
    isOperational: is_operational,
  };
}
