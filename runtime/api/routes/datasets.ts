import { datasetPostValidator, datasetToJudgeValidator } from '../../../seed-schema/index.ts';
import {
  createDataset,
  datasetById,
  datasetOrders,
  judgeNewDataset,
  listDatasets,
} from '../../batch/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { DatasetDocument, TriedMembersDocument } from '../documents/dataset.ts';
import { Judgement } from '../documents/finding.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { cursorPaging, numbers, order, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { datasetDocument, triedDocument } from '../shapes/dataset.ts';
import { addMembers, datasetMemberRoutes, membersWanted } from './dataset-members.ts';

/** What many runs are given: `datasets/`. */
export function datasetRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/datasets', methods: { GET: list(context), POST: create(context) } },
    {
      path: '/datasets/validation',
      methods: {
        POST: operation({
          summary: 'Judge a dataset without making it',
          role: 'viewer',
          body: datasetToJudgeValidator,
          answers: { 200: Judgement },
          handle: async ({ body }) => {
            const { is_valid, errors, warnings } = await judgeNewDataset(db, body);
            return { json: { is_valid, errors, warnings } };
          },
        }),
      },
    },
    ...datasetMemberRoutes(context),
    {
      path: '/datasets/:id',
      methods: {
        GET: operation({
          summary: 'Show a dataset',
          description: 'Its members are at `datasets/{id}/members/`.',
          role: 'viewer',
          answers: { 200: DatasetDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'dataset');
            return { json: datasetDocument(found(await datasetById(db, id), 'dataset', id)) };
          },
        }),
        POST: addMembers(context),
      },
    },
  ];
}

function list({ db }: Context): Operation {
  return operation({
    summary: 'List datasets',
    role: 'viewer',
    query: {
      ...timeRange('when the dataset was made'),
      dataset_id: numbers('Only these.'),
      keyword: texts('A part of title or description; one of several.'),
      ...order(datasetOrders),
      ...cursorPaging,
    },
    answers: { 200: pageOf(DatasetDocument) },
    handle: async ({ request, query, parameters }) => {
      const { started, ended, dataset_id: ids, keyword: keywords } = query;
      const filter = { started, ended, ids, keywords };
      const page = await listDatasets(db, filter, query.order, parameters.page());
      return pageAnswer(request, parameters, page, datasetDocument);
    },
  });
}

function create({ db }: Context): Operation {
  return operation({
    summary: 'Make a dataset',
    description:
      'Perhaps with its first members, as `POST datasets/{id}/` adds them: all of it is made, or nothing.',
    role: 'operator',
    body: datasetPostValidator,
    answers: { 200: TriedMembersDocument, 201: DatasetDocument },
    handle: async ({ request, body, principal }) => {
      const { title, description, definition, data, ...rest } = body;
      const given = data === undefined ? rest : { ...rest, data: [data].flat() };
      const members = Object.keys(given).length === 0 ? undefined : await membersWanted(given);
      const { id, added } = await createDataset(
        db,
        { title: title ?? null, description: description ?? null, definition },
        members,
        principal.actor,
      );
      if (id === undefined) return { json: triedDocument(added!) };
      return {
        status: 201,
        headers: { Location: `${request.baseUrl}/datasets/${id}/` },
        json: datasetDocument(found(await datasetById(db, id), 'dataset', id)),
      };
    },
  });
}
