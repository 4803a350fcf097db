import { diagnosticPostValidator } from '../../../seed-schema/index.ts';
import { type DiagnosticKind, diagnosticKinds, queueDiagnostics } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { QueuedDiagnosticsDocument } from '../documents/diagnostics.ts';
import { type Operation, operation } from '../operation.ts';
import { dedupeKeyOf } from '../request/idempotency-key.ts';
import type { Route } from '../route.ts';
import { jobTypeBaseDocument } from '../shapes/job-type.ts';

const what: Readonly<Record<DiagnosticKind, string>> = {
  bake: 'do nothing for 15 minutes',
  hello: 'say hello',
  roulette: 'complete or fail by chance',
  count: 'count on stdout and stderr',
};

/** Jobs by which a service is tried out, without an image of one's own: `diagnostics/job/`. */
export function diagnosticRoutes(context: Context): Route[] {
  return diagnosticKinds.map((kind) => ({
    path: `/diagnostics/job/${kind}`,
    methods: { POST: queue(context, kind) },
  }));
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
