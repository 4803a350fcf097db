import type { RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Client } from '../../client/index.ts';
import { definitionGraph, dot, mermaid } from '../../recipe/index.ts';
import { write } from '../progress/writer.ts';
import { openClient } from '../service/open-client.ts';
import { wholeNumber } from '../whole-number.ts';
import { definitionText } from './definition-text.ts';
import type { RecipeTypeOptions } from './options.ts';

/** `seed recipe-type`. @returns 0 */
export async function recipeType(name: string, options: RecipeTypeOptions): Promise<0> {
  const revision =
    options.revision === undefined
      ? undefined
      : wholeNumber('--revision', options.revision, { least: 1, most: 2_147_483_647 });
  const { heading, definition } = await read(await openClient(), name, revision);
  await write(process.stdout, shown(heading, definition, options));
  return 0;
}

async function read(client: Client, name: string, revision: number | undefined) {
  const type =
    revision === undefined
      ? await client.recipeType(name)
      : await client.recipeTypeRevision(name, revision).then((one) => ({
          ...one.recipe_type,
          revision_num: one.revision_num,
          definition: one.definition,
        }));
  const { title, description, is_active: isActive, revision_num: number, definition } = type;
  const words = [title, description].filter((text) => text !== null && text !== '' && text !== name);
  const state = isActive ? '' : ', out of use';
  return { heading: [`${name}, revision ${number}${state}`, ...words] as string[], definition };
}

function shown(heading: readonly string[], definition: RecipeDefinition, options: RecipeTypeOptions): string {
  if (options.mermaid) return mermaid(definitionGraph(definition));
  if (options.dot) return dot(definitionGraph(definition));
  if (options.json) return `${JSON.stringify(definition, null, 2)}\n`;
  return definitionText(heading, definition);
}
