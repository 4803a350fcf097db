import type { BatchDetails, Client } from '../../client/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { findBatch } from './find-batch.ts';
import { foreseenText } from './foreseen-text.ts';
import type { ChangeOptions, FinalizeOptions } from './options.ts';

/** Of a dry run: tasks of which each is told. */
const mostForeseen = 20;

/** `seed batch finalize BATCH`. @throws not-found; what the service refuses */
export async function finalizeBatch(word: string, options: FinalizeOptions): Promise<0> {
  if (options.dryRun) return foresee(word, options);
  return change(word, options, (client, id) => client.finalizeBatch(id), 'is finalized; its tasks begin');
}

/** `seed batch cancel BATCH`. @throws as `finalizeBatch` */
export async function cancelBatch(word: string, options: ChangeOptions): Promise<0> {
  return change(word, options, (client, id) => client.cancelBatch(id), 'is being canceled');
}

/** `seed batch requeue-failed BATCH`. @throws as `finalizeBatch` */
export async function requeueFailed(word: string, options: ChangeOptions): Promise<0> {
  const words = 'has what failed of it run again';
  return change(word, options, (client, id) => client.requeueFailed(id), words);
}

async function foresee(word: string, { format }: FinalizeOptions): Promise<0> {
  const client = await openClient();
  const batch = await findBatch(client, word);
  const foreseen = await client.foreseeBatch(batch.id, mostForeseen);
  await print(format, foreseen, () => foreseenText(batch.name ?? `${batch.id}`, foreseen));
  return 0;
}

async function change(
  word: string,
  { format }: ChangeOptions,
  ask: (client: Client, id: number) => Promise<unknown>,
  words: string,
): Promise<0> {
  const client = await openClient();
  const { id } = await findBatch(client, word);
  await ask(client, id);
  const batch: BatchDetails = await client.batch(id);
  await print(format, batch, () => `batch ${batch.name ?? id} ${words}\n`);
  return 0;
}
