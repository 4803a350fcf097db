import { workspacePatchValidator, workspacePostValidator } from '../../../seed-schema/index.ts';
import { listWorkspaces, workspaceDetails, workspaceOrders } from '../../catalog/index.ts';
import { addWorkspace, judgeNewWorkspace, saveWorkspace } from '../../scheduler/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { Judgement } from '../documents/finding.ts';
import { pageOf } from '../documents/schema.ts';
import { WorkspaceDetailsDocument, WorkspaceDocument } from '../documents/workspace.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { order, cursorPaging, texts, timeRange } from '../request/parameters.ts';
import type { Route } from '../route.ts';

const byName = [{ field: 'name', descending: false }];

/** Where files are kept: `workspaces/`. */
export function workspaceRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/workspaces',
      methods: {
        GET: operation({
          summary: 'List workspaces',
          role: 'viewer',
          query: {
            ...timeRange('when the workspace was last modified'),
            name: texts('Only workspaces of these names.'),
            ...order(workspaceOrders),
            ...cursorPaging,
          },
          answers: { 200: pageOf(WorkspaceDocument) },
          handle: async ({ request, query, parameters }) => {
            const { started, ended, name: names } = query;
            const by = query.order.length > 0 ? query.order : byName;
            const page = await listWorkspaces(db, { started, ended, names }, by, parameters.page());
            return pageAnswer(request, parameters, page, (row) => row);
          },
        }),
        POST: operation({
          summary: 'Make a workspace',
          description:
            'Brokers are `host`, `nfs` and `s3`. A directory must lie below one of `SEED_HOST_ROOTS`; credentials are kept as secrets and never shown.',
          role: 'admin',
          body: workspacePostValidator,
          answers: { 201: WorkspaceDetailsDocument },
          handle: async ({ request, body, principal }) => {
            const id = await addWorkspace(db, context, body, principal.actor);
            const headers = { Location: `${request.baseUrl}/workspaces/${id}/` };
            return { status: 201, headers, json: await workspaceDetails(db, id) };
          },
        }),
      },
    },
    {
      path: '/workspaces/validation',
      methods: {
        POST: operation({
          summary: 'Judge a workspace without making it',
          role: 'admin',
          body: workspacePostValidator,
          answers: { 200: Judgement },
          handle: async ({ body }) => {
            const { errors, warnings } = await judgeNewWorkspace(db, context, body);
            return { json: { is_valid: errors.length === 0, errors, warnings } };
          },
        }),
      },
    },
    {
      path: '/workspaces/:id',
      methods: {
        GET: operation({
          summary: 'Show a workspace',
          role: 'viewer',
          answers: { 200: WorkspaceDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'workspace');
            return { json: found(await workspaceDetails(db, id), 'workspace', id) };
          },
        }),
        PATCH: operation({
          summary: 'Change a workspace',
          description: 'With `is_active` false nothing new is written there; what it holds stays readable.',
          role: 'admin',
          body: workspacePatchValidator,
          answers: { 204: { words: 'It is changed.' } },
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'workspace');
            const workspace = found(await workspaceDetails(db, id), 'workspace', id);
            await saveWorkspace(db, context, workspace, body);
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
