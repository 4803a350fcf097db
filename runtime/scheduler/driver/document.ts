import { contextDocument, givenData, type ScaleFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import type { ExecutionFacts } from '../../jobs/index.ts';

/** The context document of a job, with what its recipe was given where it is a part of one. */
export async function documentOf(
  db: Queries,
  { json, recipeInput }: ExecutionFacts,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): Promise<Record<string, unknown>> {
  const own = new Map(Object.entries(json));
  return contextDocument(inputs, own, recipeInput ? await givenData(db, recipeInput) : undefined);
}
