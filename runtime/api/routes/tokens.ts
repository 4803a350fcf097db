import { type TokenPost, tokenPostValidator } from '../../../seed-schema/index.ts';
import {
  covers,
  createToken,
  listTokens,
  type Principal,
  revokeToken,
  type TokenRow,
  userById,
} from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { NewTokenDocument, TokenDocument } from '../documents/access.ts';
import { pageOf } from '../documents/schema.ts';
import { type Call, operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { number, paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { note } from '../safety/notes.ts';

/** Tokens for programs, our own: `accounts/tokens/`. Everybody has those of their own, administrators have all. */
export function tokenRoutes(context: Context): Route[] {
  const { db, access } = context;
  return [
    {
      path: '/accounts/tokens',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List tokens',
          description: "One's own; for administrators, all of them.",
          role: 'viewer',
          query: { user_id: number('Of this user only.'), ...paging },
          answers: { 200: pageOf(TokenDocument) },
          handle: async ({ request, query, parameters, principal }) => {
            const userId = principal.role === 'admin' ? query.user_id : principal.userId;
            const page = await listTokens(db, { userId }, parameters.page());
            return pageAnswer(request, parameters, page, (row) => row);
          },
        }),
        POST: operation({
          summary: 'Make a token',
          description: 'It is shown in this answer, and never again.',
          role: 'viewer',
          body: tokenPostValidator,
          confidential: true,
          answers: { 201: NewTokenDocument },
          failures: [404],
          handle: async ({ request, response, body, principal }) => {
            const { row, token } = await newToken(context, principal, body);
            note(response, { user_id: row.user_id, role: row.role, name: row.name });
            return {
              status: 201,
              headers: { Location: `${request.baseUrl}/accounts/tokens/${row.id}/` },
              json: { ...row, token },
            };
          },
        }),
      },
    },
    {
      path: '/accounts/tokens/:id',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show a token',
          role: 'viewer',
          answers: { 200: TokenDocument },
          handle: async (call) => ({ json: await ownToken(context, call) }),
        }),
        DELETE: operation({
          summary: 'Revoke a token',
          description: 'From then on no service takes it; it stays in the list.',
          role: 'viewer',
          answers: { 204: { words: 'It is revoked.' } },
          handle: async (call) => {
            const { id, user_id } = await ownToken(context, call);
            await revokeToken(db, id);
            access.changed();
            note(call.response, { user_id });
            return { status: 204 };
          },
        }),
      },
    },
  ];
}

/** @throws not-found, also for those of others unless an administrator asks */
async function ownToken(
  { db }: Pick<Context, 'db'>,
  { request, principal }: Pick<Call, 'request' | 'principal'>,
): Promise<TokenRow> {
  const id = idOf(request, 'id', 'token');
  const userId = principal.role === 'admin' ? undefined : principal.userId;
  const { rows } = await listTokens(db, { id, userId }, { limit: 1, offset: 0 });
  return found(rows[0], 'token', id);
}

/** Nobody gives a token that may more than they may themselves. */
async function newToken({ db }: Pick<Context, 'db'>, principal: Principal, body: TokenPost) {
  const userId = body.user_id ?? principal.userId;
  if (userId === undefined)
    throw new SeedbedError('invalid-request', {
      problem: 'The token that was sent is no user’s: say with user_id whose the new one is to be',
    });
  if (userId !== principal.userId && principal.role !== 'admin') throw missing('user', userId);
  const user = found(await userById(db, userId), 'user', userId);
  const most = userId === principal.userId ? principal.role : user.role;
  const role = body.role ?? most;
  if (!covers(most, role))
    throw new SeedbedError('invalid-request', { problem: `The role must not exceed ${most}` });
  const expires = body.expires ?? null;
  if (expires !== null && Date.parse(expires) <= Date.now())
    throw new SeedbedError('invalid-request', { problem: 'expires must be in the future' });
  return createToken(db, { userId, name: body.name, role, expires });
}
