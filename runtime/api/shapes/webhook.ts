import type { Delivery, Webhook } from '../../webhooks/index.ts';

export function webhookDocument(row: Webhook): Record<string, unknown> {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    job_type_ids: row.jobTypeIds,
    job_type_names: row.jobTypeNames,
    is_active: row.isActive,
    created_by: row.createdBy,
    created: row.created,
    last_modified: row.lastModified,
  };
}

export function deliveryDocument(row: Delivery): Record<string, unknown> {
  return {
    id: row.id,
    message_id: row.messageId,
    event: row.eventType,
    job_id: row.jobId,
    state: row.state,
    attempts: row.attempts,
    next_attempt: row.nextAttempt,
    created: row.created,
    ended: row.ended,
    log: row.log,
  };
}
