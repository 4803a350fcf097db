import type { BatchRow, Client } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/** Batches by their ids or names, each once, by id. @throws not-found, service-unreachable */
export async function findBatches(client: Client, given: readonly string[]): Promise<BatchRow[]> {
  const found = new Map<number, BatchRow>();
  for (const text of given) {
    const batch = await findBatch(client, text);
    found.set(batch.id, batch);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

async function findBatch(client: Client, text: string): Promise<BatchRow> {
  if (/^[1-9]\d{0,14}$/.test(text)) return client.batch(Number(text));
  const { results } = await client.batches({ name: text });
  if (!results[0]) throw new SeedbedError('not-found', { what: `batch ${text}` });
  return results[0];
}

/** Whether all of its jobs have ended, and no more come. Pure. */
export function isOver(batch: BatchRow): boolean {
  const open = batch.jobs_total - batch.jobs_completed - batch.jobs_failed - batch.jobs_canceled;
  return (batch.state === 'CREATED' || batch.state === 'CANCELED') && open <= 0;
}

/** `batch 3 (october): 20 of 30 jobs have ended`. Pure. */
export function standing({ id, name, ...batch }: BatchRow): string {
  const ended = batch.jobs_completed + batch.jobs_failed + batch.jobs_canceled;
  const made = batch.state === 'CREATED' || batch.state === 'CANCELED' ? '' : ', and more are being made';
  return `batch ${id}${name ? ` (${name})` : ''}: ${ended} of ${batch.jobs_total} jobs have ended${made}`;
}
