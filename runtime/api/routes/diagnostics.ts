import { diagnosticPostValidator, recipeDiagnosticPostValidator } from '../../../seed-schema/index.ts';
import {
  type DiagnosticKind,
  diagnosticKinds,
  queueCasino,
  queueDiagnostics,
} from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { QueuedDiagnosticsDocument, QueuedRecipesDocument } from '../documents/diagnostics.ts';
import { type Operation, operation } from '../operation.ts';
import { dedupeKeyOf } from '../request/idempotency-key.ts';
import type { Route } from '../route.ts';
import { jobTypeBaseDocument } from '../shapes/job-type.ts';
import { recipeTypeBaseDocument } from '../shapes/recipe-type.ts';

const what: Readonly<Record<DiagnosticKind, string>> = {
  bake: 'do nothing for 15 minutes',
  hello: 'say hello',
  roulette: 'complete or fail by chance',
  count: 'count on stdout and stderr',
};

/** Jobs and recipes by which a service is tried out, without an image of one's own: `diagnostics/`. */
export function diagnosticRoutes(context: Context): Route[] {
  const kinds = diagnosticKinds.map((kind) => ({
    path: `/diagnostics/job/${kind}`,
    methods: { POST: queue(context, kind) },
  }));
  return [...kinds, { path: '/diagnostics/recipe/casino', methods: { POST: casino(context) } }];
}

function queue(context: Context, kind: DiagnosticKind): Operation {
  const { db } = context;
  return operation({
    summary: `Queue jobs that ${what[kind]}`,
    description: `Of the job type \`scale-${kind}\`, which is made when it is first asked for. Each engine makes the image itself.`,
    role: 'operator',
    headers: { 'Idempotency-Key': 'Requests with the same one queue the same jobs.' },
    body: diagnosticPostValidator,
    answers: { 202: QueuedDiagnosticsDocument },
    handle: async ({ request, body: { num }, principal }) => {
      const dedupeKey = dedupeKeyOf(request, principal);
      const wanted = { kind, count: num, dedupeKey };
      const { type, jobId } = await queueDiagnostics(db, context, wanted, principal.actor);
      db.notify('queue');
      return { status: 202, json: { job_type: jobTypeBaseDocument(type), num, job_id: jobId } };
    },
  });
}

function casino(context: Context): Operation {
  const { db } = context;
  return operation({
    summary: 'Begin recipes that say hello where a job before does not fail by chance',
    description:
      'Of the recipe type `scale-casino`, which is made when it is first asked for: `scale-roulette`, then `scale-hello`.',
    role: 'operator',
    headers: { 'Idempotency-Key': 'Requests with the same one begin the same recipes.' },
    body: recipeDiagnosticPostValidator,
    answers: { 202: QueuedRecipesDocument },
    handle: async ({ request, body: { num }, principal }) => {
      const dedupeKey = dedupeKeyOf(request, principal);
      const { type, recipeId } = await queueCasino(db, context, { count: num, dedupeKey }, principal.actor);
      db.notify('queue');
      return {
        status: 202,
        json: { recipe_type: recipeTypeBaseDocument(type), num, recipe_id: recipeId },
      };
    },
  });
}
