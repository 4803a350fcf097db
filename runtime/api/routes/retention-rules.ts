import {
  type RetentionDryRun,
  retentionDryRunValidator,
  retentionRulePatchValidator,
  retentionRulePostValidator,
} from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import {
  addRule,
  changeRule,
  dryRun,
  lastPass,
  listRules,
  removeRule,
  requestPass,
  ruleById,
  workspaceOf,
} from '../../retention/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import {
  RetentionDryRunDocument,
  RetentionPassDocument,
  RetentionRuleDocument,
} from '../documents/retention.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { SeedbedError } from '../../errors/index.ts';

const what = 'retention rule';

/** What workspaces keep for how long: `retention-rules/`. */
export function retentionRuleRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/retention-rules',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List retention rules',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(RetentionRuleDocument) },
          handle: async ({ request, parameters }) =>
            pageAnswer(request, parameters, await listRules(db, parameters.page()), (row) => row),
        }),
        POST: operation({
          summary: 'Add a retention rule',
          description: 'Files go in the next pass over the catalogue, which is made once a day.',
          role: 'admin',
          body: retentionRulePostValidator,
          answers: { 201: RetentionRuleDocument },
          handle: async ({ request, body, principal }) => {
            const id = await addRule(db, body, principal.actor);
            return {
              status: 201,
              headers: { Location: `${request.baseUrl}/retention-rules/${id}/` },
              json: found(await ruleById(db, id), what, id),
            };
          },
        }),
      },
    },
    { path: '/retention-rules/dry-run', shape: 'own', methods: { POST: tryRules(context) } },
    { path: '/retention-rules/pass', shape: 'own', methods: passOf(context) },
    { path: '/retention-rules/:id', shape: 'own', methods: oneRule(context) },
  ];
}

function oneRule({ db }: Context): Route['methods'] {
  return {
    GET: operation({
      summary: 'Show a retention rule',
      role: 'viewer',
      answers: { 200: RetentionRuleDocument },
      handle: async ({ request }) => {
        const id = idOf(request, 'id', what);
        return { json: found(await ruleById(db, id), what, id) };
      },
    }),
    PATCH: operation({
      summary: 'Change a retention rule',
      role: 'admin',
      body: retentionRulePatchValidator,
      answers: { 200: RetentionRuleDocument },
      handle: async ({ request, body }) => {
        const id = idOf(request, 'id', what);
        if (!(await changeRule(db, id, body))) throw missing(what, id);
        return { json: found(await ruleById(db, id), what, id) };
      },
    }),
    DELETE: operation({
      summary: 'Remove a retention rule',
      role: 'admin',
      answers: { 204: { words: 'It is gone.' } },
      handle: async ({ request }) => {
        const id = idOf(request, 'id', what);
        if (!(await removeRule(db, id))) throw missing(what, id);
        return { status: 204 };
      },
    }),
  };
}

function tryRules({ db }: Context): Operation {
  return operation({
    summary: 'Say what a pass would remove now',
    description:
      'With the rules that are in force, and perhaps one that is only thought of. Nothing is changed.',
    role: 'viewer',
    body: retentionDryRunValidator,
    answers: { 200: RetentionDryRunDocument },
    handle: async ({ body }) => ({ json: await dryRun(db, await draftOf(db, body)) }),
  });
}

/** @throws invalid-request for a rule without its workspace */
async function draftOf(db: Queries, body: RetentionDryRun) {
  const { workspace, data_type = null, keep_days = null, keep_superseded = true } = body;
  if (Object.keys(body).length === 0) return undefined;
  if (workspace === undefined)
    throw new SeedbedError('invalid-request', { problem: 'Give the workspace of the rule, or nothing' });
  const workspaceId = await workspaceOf(db, workspace);
  return { id: null, workspaceId, dataType: data_type, keepDays: keep_days, keepSuperseded: keep_superseded };
}

function passOf({ db }: Context): Route['methods'] {
  return {
    GET: operation({
      summary: 'Show the last pass over the catalogue',
      role: 'viewer',
      answers: { 200: RetentionPassDocument },
      handle: async () => ({ json: await lastPass(db) }),
    }),
    POST: operation({
      summary: 'Begin a pass over the catalogue now',
      role: 'admin',
      answers: { 202: RetentionPassDocument },
      handle: async ({ principal }) => {
        await requestPass(db, principal.actor);
        db.notify('removals');
        return { status: 202, json: await lastPass(db) };
      },
    }),
  };
}
