import { userPatchValidator, userValidator } from '../../../seed-schema/index.ts';
import { createUser, deleteUser, listUsers, userById } from '../../auth/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { UserDocument } from '../documents/access.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found } from '../request/ids.ts';
import { paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { note } from '../safety/notes.ts';
import { strangerDocument, userDocument } from '../shapes/user.ts';
import { ownUser, saveUser, userChange } from './save-user.ts';

/** Who may use the service: Scale's `accounts/users/` and `accounts/profile/`. */
export function userRoutes(context: Context): Route[] {
  const { db, access } = context;
  return [
    {
      path: '/accounts/profile',
      methods: {
        GET: operation({
          summary: 'Show who asks',
          role: 'viewer',
          answers: { 200: UserDocument },
          handle: async ({ principal }) => {
            const { userId } = principal;
            if (userId === undefined) return { json: strangerDocument(principal) };
            return { json: userDocument(found(await userById(db, userId), 'user', userId)) };
          },
        }),
      },
    },
    {
      path: '/accounts/users',
      methods: {
        GET: operation({
          summary: 'List users',
          role: 'admin',
          query: paging,
          answers: { 200: pageOf(UserDocument) },
          handle: async ({ request, parameters }) =>
            pageAnswer(request, parameters, await listUsers(db, parameters.page()), userDocument),
        }),
        POST: operation({
          summary: 'Add a user',
          description: 'Without a role, a viewer.',
          role: 'admin',
          body: userValidator,
          answers: { 201: UserDocument },
          failures: [409, 429],
          handle: async ({ request, response, body }) => {
            const user = await createUser(db, body.username, userChange(body, undefined));
            note(response, { role: user.role });
            return {
              status: 201,
              headers: { Location: `${request.baseUrl}/accounts/users/${user.id}/` },
              json: userDocument(user),
            };
          },
        }),
      },
    },
    {
      path: '/accounts/users/:id',
      methods: {
        GET: operation({
          summary: 'Show a user',
          description:
            'Others than oneself are shown to administrators only; that holds for the changes too.',
          role: 'viewer',
          answers: { 200: UserDocument },
          handle: async (call) => ({ json: userDocument(await ownUser(context, call)) }),
        }),
        PUT: operation({
          summary: 'Change a user',
          description: 'As Scale, it leaves what is not given as it is.',
          role: 'viewer',
          body: userValidator,
          answers: { 200: UserDocument },
          failures: [409, 429],
          handle: async (call) => ({ json: userDocument(await saveUser(context, call)) }),
        }),
        PATCH: operation({
          summary: 'Change a user',
          description: 'Name, role and activity are changed by administrators only.',
          role: 'viewer',
          body: userPatchValidator,
          answers: { 200: UserDocument },
          failures: [409, 429],
          handle: async (call) => ({ json: userDocument(await saveUser(context, call)) }),
        }),
        DELETE: operation({
          summary: 'Remove a user',
          description: 'With all tokens. What the user did stays in the audit trail.',
          role: 'viewer',
          answers: { 204: { words: 'The user is removed.' } },
          handle: async (call) => {
            const { id } = await ownUser(context, call, true);
            await deleteUser(db, id);
            access.changed();
            return { status: 204 };
          },
        }),
      },
    },
  ];
}
