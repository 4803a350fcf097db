import type { Queries } from '../database/index.ts';
import type { ListPage } from '../jobs/index.ts';
import type { Message } from './message.ts';

/** One attempt, as the log has it. */
export interface Attempt {
  readonly attempt: number;
  /** UTC text. */
  readonly at: string;
  /** Of the answer; null: there was none. */
  readonly status: number | null;
  readonly ms: number;
  /** What went wrong, for people; null: nothing. */
  readonly error: string | null;
  /** The beginning of the answer's body. */
  readonly response: string | null;
}

/** A message on its way to a webhook, or over. */
export interface Delivery {
  readonly id: number;
  readonly messageId: string;
  readonly eventType: string;
  readonly jobId: number | null;
  readonly state: 'PENDING' | 'DELIVERED' | 'DEAD';
  readonly attempts: number;
  readonly log: readonly Attempt[];
  /** UTC text; null: never more. */
  readonly nextAttempt: string | null;
  readonly created: string;
  readonly ended: string | null;
}

/** A delivery that this process attempts now. */
export interface Due {
  readonly id: number;
  readonly webhookId: number;
  readonly url: string;
  readonly messageId: string;
  readonly document: Message;
  /** Made before this one. */
  readonly attempts: number;
  /** Until when it is ours, UTC text: tells this attempt from a later one of somebody else. */
  readonly nextAttempt: string;
}

/** Bytes of characters that are kept of an answer. */
export const snippetLength = 500;

/** Known ones, by their message ids, are left as they are. */
export async function addDeliveries(
  tx: Queries,
  messages: readonly {
    readonly webhookId: number;
    readonly jobId: number | null;
    readonly message: Message;
  }[],
): Promise<number[]> {
  if (messages.length === 0) return [];
  const rows = await tx.query<{ id: number }>(
    `insert into webhook_delivery (webhook_id, message_id, event_type, job_id, document)
     select w.id, m."messageId", m.type, m."jobId", m.document
     from jsonb_to_recordset($1::jsonb) as m ("webhookId" bigint, "messageId" text, type text, "jobId" bigint, document jsonb)
     join webhook w on w.id = m."webhookId"
     on conflict (message_id) do nothing returning id`,
    [
      JSON.stringify(
        messages.map(({ webhookId, jobId, message }) => ({
          webhookId,
          jobId,
          messageId: message.id,
          type: message.type,
          document: message,
        })),
      ),
    ],
  );
  return rows.map(({ id }) => id);
}

/** Attempts at once for one webhook and service, so that one that hangs leaves room for the others. */
const mostEach = 4;

/**
 * Takes deliveries whose time has come, of active webhooks. Should we die, they are due again after the lease.
 * @param leaseSeconds longer than an attempt can take
 * @param under the webhook of each attempt that is under way here
 */
export async function takeDue(
  db: Queries,
  limit: number,
  leaseSeconds: number,
  under: readonly number[],
): Promise<Due[]> {
  return db.query<Due>(
    `with due as materialized (
       select d.id from webhook w cross join lateral (
         select id, next_attempt from webhook_delivery
         where webhook_id = w.id and state = 'PENDING' and next_attempt <= now()
         order by next_attempt
         limit greatest(0, ${mostEach} - cardinality(array_positions($3::bigint[], w.id))) for update skip locked) d
       where w.is_active order by d.next_attempt limit $1
     )
     update webhook_delivery d set next_attempt = now() + make_interval(secs => $2)
     from due, webhook w where d.id = due.id and w.id = d.webhook_id
     returning d.id, w.id as "webhookId", w.url, d.message_id as "messageId", d.document, d.attempts,
       d.next_attempt as "nextAttempt"`,
    [limit, leaseSeconds, under],
  );
}

/**
 * Writes down how an attempt went.
 * @param delaySeconds until the next one; undefined: this was the last
 */
export async function recordAttempt(
  db: Queries,
  due: Due,
  attempt: Omit<Attempt, 'attempt'>,
  state: Delivery['state'],
  delaySeconds: number | undefined,
): Promise<void> {
  await db.execute(
    `update webhook_delivery set state = $3, attempts = attempts + 1,
       log = log || jsonb_build_array(jsonb_build_object('attempt', attempts + 1) || $4::jsonb),
       next_attempt = case when $3 = 'PENDING' then now() + make_interval(secs => $5) end,
       ended = case when $3 <> 'PENDING' then now() end
     where id = $1 and state = 'PENDING' and next_attempt = $2`,
    [due.id, due.nextAttempt, state, JSON.stringify(attempt), delaySeconds ?? 0],
  );
}

/**
 * Milliseconds until something is due; undefined: nothing waits.
 * @param under as of `takeDue`: webhooks that have all of their room are left out
 */
export async function nextDueMs(db: Queries, under: readonly number[]): Promise<number | undefined> {
  const [row] = await db.query<{ ms: number | null }>(
    `select (extract(epoch from min(d.next) - now()) * 1000)::double precision as ms
     from webhook w cross join lateral (
       select min(next_attempt) as next from webhook_delivery where webhook_id = w.id and state = 'PENDING') d
     where w.is_active and cardinality(array_positions($1::bigint[], w.id)) < ${mostEach}`,
    [under],
  );
  return row!.ms ?? undefined;
}

/** The newest first. */
export async function listDeliveries(
  db: Queries,
  webhookId: number,
  states: readonly string[] | undefined,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<ListPage<Delivery>> {
  const where = `webhook_id = $1 and ($2::text[] is null or state = any($2))`;
  const parameters = [webhookId, states ?? null];
  const [counted] = await db.query<{ count: number }>(
    `select count(*) from webhook_delivery where ${where}`,
    parameters,
  );
  const rows = await db.query<Delivery>(
    `select id, message_id as "messageId", event_type as "eventType", job_id as "jobId", state, attempts, log,
       next_attempt as "nextAttempt", created, ended
     from webhook_delivery where ${where} order by id desc limit $3 offset $4`,
    [...parameters, limit, offset],
  );
  return { count: counted!.count, rows };
}

/** Days that a delivery is kept after its end. */
const keptDays = 30;

/** @returns how many were forgotten */
export async function forgetOldDeliveries(db: Queries): Promise<number> {
  return db.execute(
    `delete from webhook_delivery where id in (
       select id from webhook_delivery where ended < now() - make_interval(days => ${keptDays}) limit 10000)`,
  );
}
