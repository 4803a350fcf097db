import type { ConditionNodeType, DefinedNode, RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { acceptedItems, acceptsData, type FileFacts } from '../../recipe/index.ts';

/** What a condition decides, and what it passes on. */
export interface Verdict {
  readonly accepted: boolean;
  readonly output: RecipeData;
}

/** What conditions look at, as the catalogue has it now. By `scale_file.id`. */
export async function factsOfFiles(
  tx: Queries,
  inputs: readonly RecipeData[],
): Promise<Map<number, FileFacts>> {
  const ids = new Set(inputs.flatMap(({ files }) => Object.values(files).flat()));
  if (ids.size === 0) return new Map();
  const rows = await tx.query<FileFacts & { readonly id: number }>(
    'select id, file_name, media_type, data_type_tags, meta_data from scale_file where id = any($1)',
    [[...ids]],
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** With `forEach` each element is judged by itself, and those that are accepted are passed on. */
export function decide(node: DefinedNode, input: RecipeData, facts: ReadonlyMap<number, FileFacts>): Verdict {
  const { interface: parameters, data_filter: filter } = node.node_type as ConditionNodeType;
  const files = Object.fromEntries(
    Object.entries(input.files).map(([name, ids]) => [
      name,
      ids.flatMap((id) => (facts.has(id) ? [facts.get(id)!] : [])),
    ]),
  );
  const data = { files, json: input.json };
  if (!node.forEach) return { accepted: acceptsData(filter, parameters, data), output: input };
  const item = node.forEach.input;
  const items = acceptedItems(filter, parameters, item, data);
  const pick = <Value>(from: readonly Value[] = []) => items.map((at) => from[at]!);
  const output = Object.hasOwn(input.files, item)
    ? { ...input, files: { ...input.files, [item]: pick(input.files[item]) } }
    : { ...input, json: { ...input.json, [item]: pick(input.json[item] as readonly unknown[]) } };
  return { accepted: items.length > 0, output };
}
