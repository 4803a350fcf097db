import type { Database } from '../database/index.ts';
import { type Cursor, endOfEvents, jobEventsAfter } from '../jobs/index.ts';
import { addDeliveries } from './deliveries.ts';
import { endKinds, endMessage, isWanted } from './message.ts';
import { activeWebhooks } from './webhooks.ts';

/** Events of one transaction. */
const mostEvents = 500;

/**
 * Turns the ends of jobs into deliveries, and moves the cursor on in the same transaction: whoever dies, no end is lost
 * and none is turned twice. One service does it at a time.
 * @returns whether there may be more
 */
export async function fanOut(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [cursor] = await tx.query<Cursor>(
      'select xid::text, event_id as id from webhook_cursor for update skip locked',
    );
    const webhooks = cursor ? await activeWebhooks(tx) : [];
    if (!cursor || webhooks.length === 0) return false;
    const end = await endOfEvents(tx);
    const events = await jobEventsAfter(tx, cursor, end, mostEvents, endKinds);
    const isMore = events.length === mostEvents;
    // Past what is no end of a job, too: it would be looked at again and again.
    const next = isMore ? events.at(-1)! : end;
    if (next.xid === cursor.xid && next.id === cursor.id) return false;
    await addDeliveries(
      tx,
      events.flatMap((event) =>
        webhooks
          .filter((webhook) => isWanted(webhook, event))
          .map(({ id }) => ({
            webhookId: id,
            jobId: event.jobId,
            message: endMessage(db.installation, id, event),
          })),
      ),
    );
    await tx.query('update webhook_cursor set xid = $1::xid8, event_id = $2', [next.xid, next.id]);
    return isMore;
  });
}
