import type { BatchDetails, Client } from '../../client/index.ts';
import { ServiceRefusal } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { type Declared, declaredByJob, declaredByRecipe, type TaskType } from './rows/declared.ts';

/** The batch that a word means: its name, else its number. @throws not-found */
export async function findBatch(client: Client, word: string): Promise<BatchDetails> {
  const found = await batchCalled(client, word);
  if (found) return found;
  if (/^\d{1,15}$/.test(word))
    try {
      return await client.batch(Number(word));
    } catch (thrown) {
      if (!(thrown instanceof ServiceRefusal && thrown.error === 'not-found')) throw thrown;
    }
  throw new SeedbedError('not-found', { what: `batch ${word}` });
}

/** @returns undefined where there is none of that name */
export async function batchCalled(client: Client, name: string): Promise<BatchDetails | undefined> {
  const { results } = await client.batches({ name, page_size: 1 });
  const [row] = results.filter((one) => one.name === name);
  return row && client.batch(row.id);
}

/** What the tasks of a batch are given. @throws not-found */
export function declaredOf(client: Client, batch: BatchDetails): Promise<Declared> {
  const { recipe_type: recipe, recipe_type_rev: revision, job_type: job } = batch;
  if (job) return declaredByJob(client, job.name, job.version);
  return declaredByRecipe(client, recipe!.name, revision?.revision_num);
}

/** `recipe type scenes, revision 2`, or `job type tiles 1.0.0`. Pure. */
export function typeWords(type: TaskType): string {
  if ('job_type' in type) return `job type ${type.job_type.name} ${type.job_type.version}`;
  const { name, revision_num: revision } = type.recipe_type;
  return `recipe type ${name}, revision ${revision}`;
}

/** With what generated unique ids of a batch begin, where it was made with that. Pure. */
export function keptProject({ definition }: BatchDetails): string | undefined {
  return (definition as { readonly project?: string }).project;
}

/** What the tasks of a batch are. Pure. */
export function typeOfBatch({
  recipe_type: recipe,
  recipe_type_rev: revision,
  job_type: job,
}: BatchDetails): TaskType {
  if (job) return { job_type: { name: job.name, version: job.version } };
  return { recipe_type: { name: recipe!.name, revision_num: revision!.revision_num } };
}
