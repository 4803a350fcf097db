/** What a program does, one thing after another. Every way through it ends with an exit. */
export type Step =
  | { readonly write: string; readonly to: 'stdout' | 'stderr' }
  | { readonly sleep: number }
  /** One or the other, by chance. */
  | { readonly toss: readonly [readonly Step[], readonly Step[]] }
  | { readonly exit: number };

/** An architecture's instructions for the steps. Addresses are absolute. */
export interface Assembler {
  /** `write(descriptor, address, length)`; what could not be written is lost. */
  write(descriptor: number, address: number, length: number): Uint8Array;
  /** `nanosleep(address of a timespec)` */
  sleep(address: number): Uint8Array;
  exit(code: number): Uint8Array;
  /** Asks the kernel for a random bit, and skips so many bytes if it is set. */
  skipByChance(bytes: number): Uint8Array;
}

/**
 * The code of a program, and behind it what it writes and how long it sleeps. Pure.
 * @param start address of its first byte
 */
export function assemble(steps: readonly Step[], assembler: Assembler, start: number): Uint8Array {
  const data: Buffer[] = [];
  // The code does not change its size with addresses, so a first pass tells where the data begin.
  const size = codeOf(steps, assembler, () => start).length;
  const dataStart = start + Math.ceil(size / 8) * 8;
  let used = 0;
  const place = (content: Buffer): number => {
    const address = dataStart + used;
    const padded = Buffer.alloc(Math.ceil(content.length / 8) * 8);
    padded.set(content);
    data.push(padded);
    used += padded.length;
    return address;
  };
  const code = codeOf(steps, assembler, place);
  return Buffer.concat([code, Buffer.alloc(dataStart - start - size), ...data]);
}

function codeOf(
  steps: readonly Step[],
  assembler: Assembler,
  place: (content: Buffer) => number,
): Uint8Array {
  const parts = steps.map((step) => {
    if ('exit' in step) return assembler.exit(step.exit);
    if ('sleep' in step) {
      const timespec = Buffer.alloc(16);
      timespec.writeBigUInt64LE(BigInt(step.sleep), 0);
      return assembler.sleep(place(timespec));
    }
    if ('write' in step) {
      const text = Buffer.from(step.write);
      return assembler.write(step.to === 'stdout' ? 1 : 2, place(text), text.length);
    }
    const [one, other] = step.toss.map((way) => codeOf(way, assembler, place));
    return Buffer.concat([assembler.skipByChance(one!.length), one!, other!]);
  });
  return Buffer.concat(parts);
}
