/** Whether the tests run as root, who may become others; the tests of that need it. */
export const isRoot = process.geteuid?.() === 0;

/** A user id that nobody has an entry for. */
export const unknownUser = 54_321;

/** Runs `work` without root's rights over files. */
export async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.seteuid!('nobody');
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
