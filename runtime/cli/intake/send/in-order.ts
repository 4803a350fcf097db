/**
 * Works on the items of a source, several at once, and yields what comes out in the order of the items. So many are held in
 * memory at most as are worked on at once. When the reader stops, no more are begun.
 * @param work must not reject while earlier items are still worked on, other than to end it all
 */
export async function* inOrder<Item, Value>(
  source: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Value>,
): AsyncGenerator<Value> {
  const open: Promise<Value>[] = [];
  try {
    for await (const item of source) {
      const one = work(item);
      // It is awaited in its turn.
      one.catch(() => undefined);
      open.push(one);
      if (open.length >= atOnce) yield await open.shift()!;
    }
    while (open.length > 0) yield await open.shift()!;
  } finally {
    await Promise.allSettled(open);
  }
}
