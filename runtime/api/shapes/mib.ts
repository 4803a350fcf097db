/** Bytes as MiB, rounded up to whole ones as Scale does. */
export function wholeMiB(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
