import type { Database, Queries } from '../database/index.ts';
import { endOfEvents, type ListPage } from '../jobs/index.ts';
import { removeSecrets, type SecretKey, setSecrets } from '../secrets/index.ts';
import type { Interest } from './message.ts';

/** Under which a webhook's secret is kept. */
export const secretName = 'SECRET';

/** Somebody who wants to be told. */
export interface Webhook extends Interest {
  readonly id: number;
  readonly url: string;
  readonly description: string | null;
  readonly isActive: boolean;
  readonly createdBy: string;
  /** UTC text. */
  readonly created: string;
  readonly lastModified: string;
}

/** What of a webhook can be changed; what is left out stays. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly description?: string | null | undefined;
  readonly events?: readonly string[] | undefined;
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly isActive?: boolean | undefined;
  /** Kept encrypted, and never shown. */
  readonly secret?: string | undefined;
}

export interface NewWebhook extends WebhookChange {
  readonly url: string;
  readonly events: readonly string[];
  readonly secret: string;
}

const columns = `id, url, description, events, job_type_ids as "jobTypeIds", job_type_names as "jobTypeNames",
  is_active as "isActive", active_since as "activeSince", created_by as "createdBy", created,
  last_modified as "lastModified"`;

export async function listWebhooks(
  db: Queries,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<ListPage<Webhook>> {
  const [counted] = await db.query<{ count: number }>('select count(*) from webhook');
  const rows = await db.query<Webhook>(`select ${columns} from webhook order by id limit $1 offset $2`, [
    limit,
    offset,
  ]);
  return { count: counted!.count, rows };
}

export async function webhookById(db: Queries, id: number): Promise<Webhook | undefined> {
  const [row] = await db.query<Webhook>(`select ${columns} from webhook where id = $1`, [id]);
  return row;
}

export async function activeWebhooks(db: Queries): Promise<Webhook[]> {
  return db.query<Webhook>(`select ${columns} from webhook where is_active order by id`);
}

/** @returns `webhook.id` */
export async function addWebhook(
  db: Database,
  key: SecretKey,
  { url, description, events, jobTypeIds, jobTypeNames, isActive = true, secret }: NewWebhook,
  actor: string,
): Promise<number> {
  const id = await db.transaction(async (tx) => {
    if (isActive) await skipToNow(tx);
    const [row] = await tx.query<{ id: number }>(
      `insert into webhook (url, description, events, job_type_ids, job_type_names, is_active, created_by)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [url, description ?? null, events, jobTypeIds ?? [], jobTypeNames ?? [], isActive, actor],
    );
    await setSecrets(tx, key, { kind: 'webhook', id: row!.id }, new Map([[secretName, secret]]));
    return row!.id;
  });
  db.notify('webhooks');
  return id;
}

/** What ended while it was not active is not told afterwards. @returns false when there is no such webhook */
export async function changeWebhook(
  db: Database,
  key: SecretKey,
  id: number,
  change: WebhookChange,
): Promise<boolean> {
  const changed = await db.transaction(async (tx) => {
    if (change.isActive === true) await skipToNow(tx);
    const rows = await tx.execute(
      `update webhook set url = coalesce($2, url),
         description = case when $3 then $4 else description end, events = coalesce($5, events),
         job_type_ids = coalesce($6, job_type_ids), job_type_names = coalesce($7, job_type_names),
         active_since = case when $8 and not is_active then now() else active_since end,
         is_active = coalesce($8, is_active), last_modified = now()
       where id = $1`,
      [
        id,
        change.url ?? null,
        change.description !== undefined,
        change.description ?? null,
        change.events ?? null,
        change.jobTypeIds ?? null,
        change.jobTypeNames ?? null,
        change.isActive ?? null,
      ],
    );
    if (rows > 0 && change.secret !== undefined)
      await setSecrets(tx, key, { kind: 'webhook', id }, new Map([[secretName, change.secret]]));
    return rows > 0;
  });
  db.notify('webhooks');
  return changed;
}

/** With all that it was still to be sent. @returns false when there is no such webhook */
export async function removeWebhook(db: Database, id: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    await removeSecrets(tx, { kind: 'webhook', id });
    return (await tx.execute('delete from webhook where id = $1', [id])) > 0;
  });
}

/** Nobody has read the events while no webhook was active, and nobody wants to hear of those. */
async function skipToNow(tx: Queries): Promise<void> {
  const { xid } = await endOfEvents(tx);
  await tx.query(
    `update webhook_cursor set xid = $1::xid8, event_id = 0
     where xid < $1::xid8 and not exists (select from webhook where is_active)`,
    [xid],
  );
}
