/** Why a job runs although its work was done. Pure. @param done says that it was */
export function notReused(done: string, isForced: boolean): string {
  return `${done}, and ${isForced ? 'it is forced' : 'it is not told to reuse that'}`;
}
