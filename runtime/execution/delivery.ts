import path from 'node:path';

/** A file that a job gets, on this machine. */
export interface InputSource {
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
}

/** Under which name a job sees it, in the directory of its input. */
export interface DeliveredFile extends InputSource {
  readonly deliveredName: string;
}

/**
 * Names the files of one input. The first file of a name keeps it; the n-th one is delivered as `<n>_<name>`, or with the
 * next number that is free.
 */
export function deliver(files: readonly InputSource[]): DeliveredFile[] {
  const own = new Set(files.map((file) => path.basename(file.path)));
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return files.map((file) => {
    const name = path.basename(file.path);
    let number = (counts.get(name) ?? 0) + 1;
    let deliveredName = name;
    while (number > 1 && (taken.has((deliveredName = `${number}_${name}`)) || own.has(deliveredName)))
      number++;
    counts.set(name, number);
    taken.add(deliveredName);
    return { ...file, deliveredName };
  });
}
