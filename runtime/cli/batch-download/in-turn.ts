/**
 * Runs `work` over items as they come, at most `width` at a time; no more items are taken than are worked on. After a failure
 * nothing more is begun; it ends when all that was begun has ended.
 * @throws the first failure
 */
export async function eachInParallel<Item>(
  items: AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let failure: { readonly thrown: unknown } | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  // One after the other: of a generator, a second `next` waits for the first one anyway.
  const take = () => {
    const next = turn.then(() => (failure ? { done: true as const, value: undefined } : iterator.next()));
    turn = next.catch(() => undefined);
    return next;
  };
  const worker = async () => {
    try {
      for (let { done, value } = await take(); !done; { done, value } = await take())
        await work(value as Item);
    } catch (thrown) {
      failure ??= { thrown };
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  await iterator.return?.();
  if (failure) throw failure.thrown;
}
