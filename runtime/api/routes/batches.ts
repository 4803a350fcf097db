import { batchPatchValidator, batchPostValidator } from '../../../seed-schema/index.ts';
import {
  batchDetails,
  batchOrders,
  changeBatch,
  createBatch,
  foreseeBatch,
  listBatches,
} from '../../batch/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { BatchDetailsDocument, BatchDocument } from '../documents/batch.ts';
import { ForeseenBatchDocument } from '../documents/foreseen-batch.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { cursorPaging, flag, numbers, order, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { foreseeBatchContext, foreseenLimit } from './foresee-context.ts';
import { batchDetailsDocument, batchDocument } from '../shapes/batch.ts';

/** Many recipes or jobs at once: `batches/`. */
export function batchRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/batches',
      methods: {
        GET: operation({
          summary: 'List batches',
          role: 'viewer',
          query: {
            ...timeRange('when the batch was last modified'),
            name: texts('Of these names.'),
            recipe_type_id: numbers('Of these recipe types.'),
            job_type_id: numbers('Of these job types.'),
            root_batch_id: numbers('Of the chains that began with these.'),
            is_creation_done: flag('Whether all of its recipes or jobs are made.'),
            is_superseded: flag('Whether another batch has taken its place.'),
            ...order(batchOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(BatchDocument) },
          handle: async ({ request, query, parameters }) => {
            const filter = {
              started: query.started,
              ended: query.ended,
              names: query.name,
              recipeTypeIds: query.recipe_type_id,
              jobTypeIds: query.job_type_id,
              rootIds: query.root_batch_id,
              isCreationDone: query.is_creation_done,
              isSuperseded: query.is_superseded,
            };
            const page = await listBatches(db, filter, query.order, parameters.page());
            return pageAnswer(request, parameters, page, batchDocument);
          },
        }),
        POST: operation({
          summary: 'Make a batch',
          description:
            'Its recipes or jobs are made after the answer: `runs_created` of `runs_estimated` tells how far that is. One of tasks takes them until it is finalized. See docs/batches.md.',
          role: 'operator',
          body: batchPostValidator,
          query: {
            dry_run: flag('Only tells what would run, what would be reused, and why.'),
            limit: foreseenLimit,
          },
          answers: { 200: ForeseenBatchDocument, 201: BatchDetailsDocument },
          failures: [409],
          handle: async ({ request, query, body, principal }) => {
            if (query.dry_run === true) {
              const wanted = { post: body, actor: principal.actor };
              return {
                status: 200,
                json: await foreseeBatch(db, await foreseeBatchContext(context), wanted, query.limit),
              };
            }
            const { id } = await db.transaction((tx) => createBatch(tx, body, principal.actor));
            db.notify('batches');
            return {
              status: 201,
              headers: { Location: `${request.baseUrl}/batches/${id}/` },
              json: batchDetailsDocument(found(await batchDetails(db, id), 'batch', id)),
            };
          },
        }),
      },
    },
    {
      path: '/batches/:id',
      methods: {
        GET: operation({
          summary: 'Show a batch',
          role: 'viewer',
          answers: { 200: BatchDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'batch');
            return { json: batchDetailsDocument(found(await batchDetails(db, id), 'batch', id)) };
          },
        }),
        PATCH: operation({
          summary: 'Change a batch',
          description: 'Another configuration counts for what is made from then on.',
          role: 'operator',
          body: batchPatchValidator,
          answers: { 204: { words: 'It is changed.' } },
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'batch');
            if (!(await db.transaction((tx) => changeBatch(tx, id, body)))) throw missing('batch', id);
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
