import { jobTypePatchValidator } from '../../../seed-schema/index.ts';
import { jobTypeDetails, type JobTypeDetails, listRevisions, revisionOf } from '../../jobs/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { Judgement, RefusedJudgement } from '../documents/finding.ts';
import { JobTypeDetailsDocument, RevisionDetailsDocument, RevisionDocument } from '../documents/job-type.ts';
import { pageOf } from '../documents/schema.ts';
import { type Call, operation } from '../operation.ts';
import { found, idOf, textOf } from '../request/ids.ts';
import { paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { revisionDocument } from '../shapes/job-type.ts';
import { listNames, listTypes, listVersions } from './list-job-types.ts';
import { changeType, postJobType, validateJobType } from './save-job-type.ts';
import { typeDocument } from './type-document.ts';

/** What can be run: `job-types/`, `job-type-names/`. */
export function jobTypeRoutes(context: Context): Route[] {
  return [
    { path: '/job-type-names', methods: { GET: listNames(context) } },
    { path: '/job-types', methods: { GET: listTypes(context), POST: postJobType(context) } },
    { path: '/job-types/validation', methods: { POST: validateJobType(context) } },
    { path: '/job-types/:name', methods: { GET: listVersions(context) } },
    typeRoute(context),
    ...revisionRoutes(context),
  ];
}

async function typeOf({ db }: Context, request: Call['request']): Promise<JobTypeDetails> {
  const key = { name: textOf(request, 'name'), version: textOf(request, 'version') };
  return found(await jobTypeDetails(db, key), 'job type', `${key.name} ${key.version}`);
}

function typeRoute(context: Context): Route {
  return {
    path: '/job-types/:name/:version',
    methods: {
      GET: operation({
        summary: 'Show a version of a job type',
        role: 'viewer',
        answers: { 200: JobTypeDetailsDocument },
        handle: async ({ request }) => ({
          json: await typeDocument(context, await typeOf(context, request)),
        }),
      }),
      PATCH: operation({
        summary: 'Change a version of a job type',
        description: 'A new manifest, image or configuration makes a new revision.',
        role: 'operator',
        body: jobTypePatchValidator,
        answers: { 200: Judgement, 400: RefusedJudgement },
        handle: async ({ request, body, principal }) =>
          changeType(context, await typeOf(context, request), body, principal.actor),
      }),
    },
  };
}

function revisionRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/job-types/:name/:version/revisions',
      methods: {
        GET: operation({
          summary: 'List the revisions of a job type',
          description: 'The last one first.',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(RevisionDocument) },
          handle: async ({ request, parameters }) => {
            const type = await typeOf(context, request);
            const page = await listRevisions(db, type.id, parameters.page());
            return pageAnswer(request, parameters, page, (row) => revisionDocument(type, row, false));
          },
        }),
      },
    },
    {
      path: '/job-types/:name/:version/revisions/:revision',
      methods: {
        GET: operation({
          summary: 'Show a revision of a job type',
          role: 'viewer',
          answers: { 200: RevisionDetailsDocument },
          handle: async ({ request }) => {
            const type = await typeOf(context, request);
            const revision = idOf(request, 'revision', 'revision');
            const row = found(await revisionOf(db, type.id, revision), 'revision', revision);
            return { json: revisionDocument(type, row, true) };
          },
        }),
      },
    },
  ];
}
