import type { JobEvent } from '../jobs/index.ts';

/** What a webhook can be told of. */
export const webhookEvents = ['job.completed', 'job.failed', 'job.canceled'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Kinds of events that become messages. */
export const endKinds = ['completed', 'failed', 'canceled'];

/** Which ends of jobs a webhook wants to hear of. */
export interface Interest {
  readonly events: readonly string[];
  readonly jobTypeIds: readonly number[];
  readonly jobTypeNames: readonly string[];
  /** UTC text. */
  readonly activeSince: string;
}

export const eventType = ({ kind }: Pick<JobEvent, 'kind'>) => `job.${kind}`;

/** Pure. */
export function isWanted(
  { events, jobTypeIds, jobTypeNames, activeSince }: Interest,
  event: JobEvent,
): boolean {
  const { id, name } = event.jobType;
  const anyType = jobTypeIds.length === 0 && jobTypeNames.length === 0;
  return (
    events.includes(eventType(event)) &&
    Date.parse(event.at) >= Date.parse(activeSince) &&
    (anyType || jobTypeIds.includes(id) || jobTypeNames.includes(name))
  );
}

/** A message: a CloudEvent 1.0 in its structured JSON form. */
export interface Message {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** The end of a job, for one webhook; the same id whenever it is sent. */
export function endMessage(installation: string, webhookId: number, event: JobEvent): Message {
  const { job_exe = null, exit_code = null, error = null } = event.data;
  return {
    specversion: '1.0',
    id: `evt_${installation}_${event.id}_${webhookId}`,
    source: `urn:seedbed:${installation}`,
    type: eventType(event),
    subject: `jobs/${event.jobId}`,
    time: event.at,
    datacontenttype: 'application/json',
    data: {
      job_id: event.jobId,
      job_type: event.jobType,
      status: event.kind.toUpperCase(),
      job_exe_id: job_exe,
      exe_num: event.attempt,
      exit_code,
      error,
    },
  };
}

/** For its owner to see whether it arrives. */
export function testMessage(installation: string, webhookId: number, id: string): Message {
  return {
    specversion: '1.0',
    id: `evt_${installation}_test_${id}`,
    source: `urn:seedbed:${installation}`,
    type: 'webhook.test',
    subject: `webhooks/${webhookId}`,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data: { webhook_id: webhookId },
  };
}
