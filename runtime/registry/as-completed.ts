/**
 * Runs `work` over `items`, at most `width` at a time, and yields results as they come. Items are taken as places get
 * free, so that a slow source and its work overlap; a result that nobody takes keeps its place.
 * @throws the first failure of `work`; that of the source, after the results of all items before it
 */
export async function* asCompleted<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const source = iterate(items);
  let sourceFailure: { readonly thrown: unknown } | undefined;
  let running = 0;
  let isTaking = false;
  let isExhausted = false;
  let wake: () => void = () => {};

  function take(): void {
    if (isTaking || isExhausted || running + results.length >= width) return;
    isTaking = true;
    source.next().then(
      ({ done, value }) => {
        isTaking = false;
        if (done) isExhausted = true;
        else start(value);
        take();
        wake();
      },
      (thrown: unknown) => {
        isTaking = false;
        isExhausted = true;
        sourceFailure = { thrown };
        wake();
      },
    );
  }

  function start(item: Item): void {
    running++;
    work(item).then(
      (result) => {
        running--;
        results.push(result);
        wake();
      },
      (thrown: unknown) => {
        running--;
        failures.push(thrown);
        wake();
      },
    );
  }

  try {
    for (;;) {
      take();
      if (failures.length > 0) throw failures[0];
      if (results.length > 0) yield results.shift()!;
      else if (isExhausted && running === 0) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (sourceFailure) throw sourceFailure.thrown;
  } finally {
    isExhausted = true;
    // Not waited for: a source that hangs would hold up whoever wants no more.
    source.return?.()?.then(undefined, () => {});
  }
}

async function* iterate<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  yield* items;
}
