import type { DataFilter, DataInterface } from '../../../seed-schema/index.ts';
import { acceptsData } from './accepts-data.ts';
import type { FilterData } from './values.ts';

/**
 * Which files or elements a condition with `forEach` accepts, each judged alone beside the other inputs.
 * @param parameters what it takes each time
 * @param item the input that it runs for each element of
 * @param data as the node was given it: all files of that input, or its whole array
 * @returns their places, from 0, in order
 */
export function acceptedItems(
  filter: DataFilter,
  parameters: DataInterface,
  item: string,
  { files, json }: FilterData,
): number[] {
  const accepted = (items: readonly unknown[], dataOf: (index: number) => FilterData) =>
    [...items.keys()].filter((index) => acceptsData(filter, parameters, dataOf(index)));
  if (Object.hasOwn(files, item)) {
    const all = files[item]!;
    return accepted(all, (index) => ({ files: { ...files, [item]: [all[index]!] }, json }));
  }
  const array = Object.hasOwn(json, item) ? json[item] : undefined;
  if (!Array.isArray(array)) return [];
  return accepted(array, (index) => ({ files, json: { ...json, [item]: array[index] as unknown } }));
}
