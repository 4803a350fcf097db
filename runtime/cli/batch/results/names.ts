/** Files that a batch writes beside the directories of its rows. */
export const jsonName = 'results.json';
export const csvName = 'results.csv';

/** A row's file may be called so, too; its directory then is not. */
export const resultNames: ReadonlySet<string> = new Set([jsonName, csvName]);
