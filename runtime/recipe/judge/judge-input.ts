import {
  type DataInterface,
  findExactly,
  type InputJudgement,
  judgeData,
  type KnownFile,
} from '../../../seed-schema/index.ts';

/**
 * Judges what a recipe is to be given. Everything is found at once. Names are matched as they are spelt; values that the
 * recipe type has no input for are dropped, as on Scale.
 * @param parameters the input of the recipe type
 * @param files those of `fileIdsOf` that the catalogue has
 */
export function judgeRecipeInput(
  document: unknown,
  parameters: DataInterface,
  files: ReadonlyMap<number, KnownFile>,
): InputJudgement {
  const inputs = {
    files: parameters.files.map(({ media_types, ...file }) => ({ ...file, mediaTypes: media_types })),
    json: parameters.json,
  };
  return judgeData(document, inputs, files, { find: findExactly, declarer: 'the recipe type' });
}
