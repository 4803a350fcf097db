import { isIP } from 'node:net';
import {
  type WebhookPatch,
  webhookPatchValidator,
  webhookPostValidator,
} from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { loadSecretKey } from '../../secrets/index.ts';
import {
  addressRule,
  addWebhook,
  changeWebhook,
  listWebhooks,
  removeWebhook,
  webhookById,
  type WebhookChange,
} from '../../webhooks/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { pageOf } from '../documents/schema.ts';
import { WebhookDocument } from '../documents/webhook.ts';
import { operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { paging } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { webhookDocument } from '../shapes/webhook.ts';
import { deliveryRoutes } from './webhook-deliveries.ts';

/** Who is told when jobs end: `webhooks/`. */
export function webhookRoutes(context: Context): Route[] {
  const { db, config } = context;
  const read = async (id: number) => webhookDocument(found(await webhookById(db, id), 'webhook', id));
  return [
    {
      path: '/webhooks',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List webhooks',
          role: 'admin',
          query: paging,
          answers: { 200: pageOf(WebhookDocument) },
          handle: async ({ request, parameters }) =>
            pageAnswer(request, parameters, await listWebhooks(db, parameters.page()), webhookDocument),
        }),
        POST: operation({
          summary: 'Add a webhook',
          role: 'admin',
          body: webhookPostValidator,
          answers: { 201: WebhookDocument },
          handle: async ({ request, body }) => {
            judgeUrl(body.url, context);
            const { url, events, secret } = body;
            const key = await loadSecretKey(config);
            const id = await addWebhook(db, key, { ...changeOf(body), url, events, secret }, principal.actor);
            return {
              status: 201,
              headers: { Location: `${request.baseUrl}/webhooks/${id}/` },
              json: await read(id),
            };
          },
        }),
      },
    },
    {
      path: '/webhooks/:id',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show a webhook',
          role: 'admin',
          answers: { 200: WebhookDocument },
          handle: async ({ request }) => ({ json: await read(idOf(request, 'id', 'webhook')) }),
        }),
        PATCH: operation({
          summary: 'Change a webhook',
          role: 'admin',
          body: webhookPatchValidator,
          answers: { 200: WebhookDocument },
          handle: async ({ request, body }) => {
            const id = idOf(request, 'id', 'webhook');
            if (body.url !== undefined) judgeUrl(body.url, context);
            const key = await loadSecretKey(config);
            if (!(await changeWebhook(db, key, id, changeOf(body)))) throw missing('webhook', id);
            return { json: await read(id) };
          },
        }),
        DELETE: operation({
          summary: 'Remove a webhook',
          description: 'With all that it was still to be sent.',
          role: 'admin',
          answers: { 204: { words: 'It is gone.' } },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'webhook');
            if (!(await removeWebhook(db, id))) throw missing('webhook', id);
            return { status: 204 };
          },
        }),
      },
    },
    ...deliveryRoutes(context),
  ];
}

function changeOf(body: WebhookPatch): WebhookChange {
  const { job_type_ids, job_type_names, is_active, ...rest } = body;
  return { ...rest, jobTypeIds: job_type_ids, jobTypeNames: job_type_names, isActive: is_active };
}

/** What is refused at every attempt is better refused at once; names are judged when they are called. @throws invalid-request */
function judgeUrl(url: string, { config }: Context): void {
  const refuse = (problem: string) => new SeedbedError('invalid-request', { problem });
  if (!URL.canParse(url)) throw refuse('url is no address that can be read');
  const { hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') throw refuse('url must have no login; messages are signed');
  const host = hostname.replace(/^\[|\]$/g, '');
  const address = host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : host;
  if (isIP(address) !== 0 && !addressRule(config.service.webhookAllowPrivate)(address))
    throw refuse(`url leads to ${host}, which is not public; SEED_WEBHOOK_ALLOW_PRIVATE would allow it`);
}
