import { randomUUID } from 'node:crypto';
import { addDeliveries, listDeliveries, testMessage, webhookById } from '../../webhooks/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { pageOf } from '../documents/schema.ts';
import { DeliveryDocument, SentDocument } from '../documents/webhook.ts';
import { operation } from '../operation.ts';
import { found, idOf } from '../request/ids.ts';
import { paging, words } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { deliveryDocument } from '../shapes/webhook.ts';

/** What a webhook was sent, and how that went: `webhooks/{id}/deliveries/`, `webhooks/{id}/test/`. */
export function deliveryRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/webhooks/:id/deliveries',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'List the deliveries of a webhook',
          description: 'The newest first. Those that are over are kept for 30 days.',
          role: 'admin',
          query: { state: words(['PENDING', 'DELIVERED', 'DEAD'], 'In one of these states.'), ...paging },
          answers: { 200: pageOf(DeliveryDocument) },
          handle: async ({ request, query, parameters }) => {
            const id = idOf(request, 'id', 'webhook');
            found(await webhookById(db, id), 'webhook', id);
            const page = await listDeliveries(db, id, query.state, parameters.page());
            return pageAnswer(request, parameters, page, deliveryDocument);
          },
        }),
      },
    },
    {
      path: '/webhooks/:id/test',
      shape: 'own',
      methods: {
        POST: operation({
          summary: 'Send a webhook a message of the type webhook.test',
          description: 'Its deliveries tell how it went. One that is not active gets it when it is.',
          role: 'admin',
          answers: { 202: SentDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'webhook');
            found(await webhookById(db, id), 'webhook', id);
            const message = testMessage(db.installation, id, randomUUID());
            const [delivery] = await addDeliveries(db, [{ webhookId: id, jobId: null, message }]);
            db.notify('webhooks');
            return { status: 202, json: { delivery_id: delivery } };
          },
        }),
      },
    },
  ];
}
