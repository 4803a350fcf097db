import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import type { Warning } from '../../execution/index.ts';
import { makeDirectories, makeNumbered, timeName } from '../run/output-directory.ts';
import { createFile } from '../whole-file.ts';

/** What a recipe that is resumed must have in common with what was begun. */
export interface RecipeIdentity {
  readonly recipe: string;
  /** Of all its definitions. */
  readonly definition: string;
  /** Of files and JSON values. */
  readonly input: string;
}

/** Where the products of a recipe go. */
export interface RecipeDirectory {
  /** Absolute. */
  readonly path: string;
  /** Uuid of this run, the same whenever it is resumed. */
  readonly run: string;
  readonly notes: readonly Warning[];
}

interface Heading {
  readonly run: string;
  /** Where it was begun: what is catalogued of it names that place. */
  readonly directory: string;
  readonly identity: RecipeIdentity;
}

const headingName = '.seedbed-recipe.json';

/** @param parts what makes it what it is */
export function identityOf(recipe: string, parts: { definition: unknown; input: unknown }): RecipeIdentity {
  const digest = (part: unknown) => createHash('sha256').update(JSON.stringify(part)).digest('hex');
  return { recipe, definition: digest(parts.definition), input: digest(parts.input) };
}

/**
 * Makes the directory of a recipe, or takes up the one that was begun in it. What is in a directory stays: without
 * `resume` a new one inside, named by the time, takes the products.
 * @param wanted as given with -o; undefined: `./output-<recipe>-<time>`
 * @throws output-directory-unusable, invalid-usage, recipe-differs
 */
export async function openRecipeDirectory(
  wanted: string | undefined,
  resume: boolean,
  identity: RecipeIdentity,
  now: Date,
): Promise<RecipeDirectory> {
  if (resume && wanted === undefined)
    throw new SeedbedError('invalid-usage', {
      problem: '--resume needs the directory of the recipe; give it with -o DIR',
    });
  if (wanted === '')
    throw new SeedbedError('output-directory-unusable', { path: "''", reason: 'the name is empty' });
  const target = path.resolve(wanted ?? `output-${identity.recipe}-${timeName(now)}`);
  try {
    if (wanted === undefined) return await begun(await makeNumbered(target), identity);
    await makeDirectories(target);
    const heading = resume ? await headingOf(target) : undefined;
    if (heading) return resumed(target, heading, identity);
    if ((await readdir(target)).length === 0)
      try {
        return await begun(target, identity);
      } catch (thrown) {
        if (!isErrno(thrown, 'EEXIST')) throw thrown; // of two at once the other one was faster
      }
    const description = `${target} holds something already, which stays as it is.`;
    const inside = await makeNumbered(path.join(target, timeName(now)));
    return await begun(inside, identity, [{ name: 'other-directory', description }]);
  } catch (thrown) {
    if (thrown instanceof SeedbedError || isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw thrown;
    throw new SeedbedError('output-directory-unusable', { path: target, reason: reasonOf(thrown) });
  }
}

async function begun(
  directory: string,
  identity: RecipeIdentity,
  notes: readonly Warning[] = [],
): Promise<RecipeDirectory> {
  const heading: Heading = { run: randomUUID(), directory, identity };
  await createFile(path.join(directory, headingName), `${JSON.stringify(heading)}\n`);
  return { path: directory, run: heading.run, notes };
}

async function headingOf(directory: string): Promise<Heading | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, headingName), 'utf8')) as Heading;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    throw thrown;
  }
}

function resumed(target: string, { run, directory, identity: begun }: Heading, identity: RecipeIdentity) {
  const differing = (['recipe', 'definition', 'input'] as const).find(
    (what) => begun[what] !== identity[what],
  );
  const what = directory === target ? differing : `its place (it was begun in ${directory})`;
  if (what !== undefined) throw new SeedbedError('recipe-differs', { directory: target, what });
  return { path: target, run, notes: [] };
}
