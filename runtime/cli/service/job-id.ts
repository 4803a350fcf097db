import { SeedbedError } from '../../errors/index.ts';

/** The id of a job on the command line. @throws invalid-usage */
export function jobId(text: string): number {
  return idOf('job', text);
}

/** The id of a recipe on the command line. @throws invalid-usage */
export function recipeId(text: string): number {
  return idOf('recipe', text);
}

/** The id of a file on the command line. @throws invalid-usage */
export function fileId(text: string): number {
  return idOf('file', text);
}

function idOf(what: string, text: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
  throw new SeedbedError('invalid-usage', {
    problem: `A ${what} is named by its number, not by ${JSON.stringify(text)}`,
  });
}
