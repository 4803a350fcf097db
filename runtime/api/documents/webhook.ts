import { boolean, count, id, nullable, oneOf, string, time, Type } from './schema.ts';

/** Somebody who is told when jobs end. */
export const WebhookDocument = Type.Object(
  {
    id,
    url: string,
    description: nullable(string),
    events: Type.Array(string),
    job_type_ids: Type.Array(id),
    job_type_names: Type.Array(string),
    is_active: boolean,
    created_by: string,
    created: time,
    last_modified: time,
  },
  { $id: 'Webhook' },
);

/** One message to a webhook. */
export const DeliveryDocument = Type.Object(
  {
    id,
    message_id: Type.String({ description: 'The header webhook-id, the same at every attempt.' }),
    event: string,
    job_id: nullable(id),
    state: oneOf(['PENDING', 'DELIVERED', 'DEAD']),
    attempts: count,
    next_attempt: nullable(time),
    created: time,
    ended: nullable(time),
    log: Type.Array(
      Type.Object({
        attempt: Type.Integer({ minimum: 1 }),
        at: time,
        status: nullable(Type.Integer()),
        ms: Type.Integer({ minimum: 0, description: 'How long it took, milliseconds.' }),
        error: nullable(string),
        response: nullable(Type.String({ description: 'The beginning of the answer.' })),
      }),
    ),
  },
  { $id: 'WebhookDelivery' },
);

export const SentDocument = Type.Object({ delivery_id: id }, { $id: 'WebhookTest' });
