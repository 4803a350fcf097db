/** Part numbers end at 10,000: with no size known parts grow, so that 5 TB fit. */
export function partBytes(smallest: number, size: number | undefined, part: number): number {
  if (size !== undefined) return Math.max(smallest, Math.ceil(size / 9_000));
  return smallest * (part <= 1_000 ? 1 : part <= 4_000 ? 8 : 64);
}

/** Cuts what comes into buffers of the bytes that `next` asks for; the last one is shorter. */
export async function* inParts(
  chunks: AsyncIterable<Buffer>,
  next: (part: number) => number,
  firstPart: number,
): AsyncGenerator<Buffer, void, undefined> {
  let part = firstPart;
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (bytes + rest.length >= next(part)) {
      const room = next(part) - bytes;
      yield Buffer.concat([...held, rest.subarray(0, room)]);
      part++;
      rest = rest.subarray(room);
      held = [];
      bytes = 0;
    }
    if (rest.length > 0) held.push(rest);
    bytes += rest.length;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
