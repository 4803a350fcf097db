/**
 * Runs `work` over `items`, at most `width` at a time. After a failure nothing more is begun; it ends when all that was
 * begun has ended.
 * @returns the results in the order of the items
 * @throws the failure of the first item, in that order, that failed
 */
export async function mapInParallel<Item, Value>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const results = new Array<Value>(items.length);
  const failures = new Map<number, unknown>();
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.size === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index]!);
      } catch (thrown) {
        failures.set(index, thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
  return results;
}
