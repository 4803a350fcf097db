import { projectPatchValidator, projectValidator } from '../../../seed-schema/index.ts';
import { changeProject, createProject, deleteProject, listProjects, projectById } from '../../auth/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { ProjectDocument } from '../documents/access.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';

/** Names under which things stand together, our own: `projects/`. They separate nothing yet. */
export function projectRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/projects',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List projects',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(ProjectDocument) },
          handle: async ({ request, parameters }) =>
            pageAnswer(request, parameters, await listProjects(db, parameters.page()), (row) => row),
        }),
        POST: operation({
          summary: 'Add a project',
          description:
            'Projects are names: they keep nobody from anything. Everything stands under project 1.',
          role: 'admin',
          body: projectValidator,
          answers: { 201: ProjectDocument },
          failures: [409],
          handle: async ({ request, body }) => {
            const project = await createProject(db, body.name, body);
            const Location = `${request.baseUrl}/projects/${project.id}/`;
            return { status: 201, headers: { Location }, json: project };
          },
        }),
      },
    },
    {
      path: '/projects/:id',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show a project',
          role: 'viewer',
          answers: { 200: ProjectDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'project');
            return { json: found(await projectById(db, id), 'project', id) };
          },
        }),
        PATCH: operation({
          summary: 'Change a project',
          role: 'admin',
          body: projectPatchValidator,
          answers: { 200: ProjectDocument },
          failures: [409],
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'project');
            return { json: found(await changeProject(db, id, body), 'project', id) };
          },
        }),
        DELETE: operation({
          summary: 'Remove a project',
          description: 'One that is empty; never the first one.',
          role: 'admin',
          answers: { 204: { words: 'It is removed.' } },
          failures: [409],
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'project');
            if (!(await deleteProject(db, id))) throw missing('project', id);
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
