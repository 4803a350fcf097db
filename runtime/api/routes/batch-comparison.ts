import { batchToJudgeValidator } from '../../../seed-schema/index.ts';
import { compareBatches, judgePost } from '../../batch/index.ts';
import type { Context } from '../context.ts';
import { BatchComparisonDocument, BatchJudgementDocument } from '../documents/batch.ts';
import { operation } from '../operation.ts';
import { idOf, missing } from '../request/ids.ts';
import type { Route } from '../route.ts';
import { batchJudgementDocument, comparisonDocument } from '../shapes/batch-comparison.ts';

/** What a batch would be, and how batches differ: `batches/validation/`, `batches/comparison/{id}/`. */
export function batchComparisonRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/batches/validation',
      methods: {
        POST: operation({
          summary: 'Judge a batch without making it',
          description: 'How many recipes or jobs it would make, and what the re-processing would run again.',
          role: 'viewer',
          body: batchToJudgeValidator,
          answers: { 200: BatchJudgementDocument },
          handle: async ({ body }) => ({ json: batchJudgementDocument(await judgePost(db, body)) }),
        }),
      },
    },
    {
      path: '/batches/comparison/:id',
      methods: {
        GET: operation({
          summary: 'Compare the batches of a chain',
          description: 'All that have this one as their first, with their metrics beside each other.',
          role: 'viewer',
          answers: { 200: BatchComparisonDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'batch');
            const batches = await compareBatches(db, id);
            if (batches.length === 0) throw missing('batch', id);
            return { json: comparisonDocument(batches) };
          },
        }),
      },
    },
  ];
}
