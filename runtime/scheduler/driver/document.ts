import { contextDocument, filesById, type ScaleFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import type { ExecutionFacts } from '../../jobs/index.ts';

/** The context document of a job, with what its recipe was given where it is a part of one. */
export async function documentOf(
  db: Queries,
  { json, recipeInput }: ExecutionFacts,
  inputs: ReadonlyMap<string, readonly ScaleFile[]>,
): Promise<Record<string, unknown>> {
  const own = new Map(Object.entries(json));
  if (!recipeInput) return contextDocument(inputs, own);
  const { files = {}, json: values = {} } = recipeInput;
  const rows = await filesById(db, [...new Set(Object.values(files).flat())]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const given = Object.entries(files).map(
    ([name, ids]) => [name, ids.flatMap((id) => byId.get(id) ?? [])] as const,
  );
  return contextDocument(inputs, own, { files: new Map(given), json: new Map(Object.entries(values)) });
}
