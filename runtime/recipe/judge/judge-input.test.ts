import { describe, expect, it } from '@jest/globals';
import type { DataInterface } from '../../../seed-schema/index.ts';
import { judgeRecipeInput } from './judge-input.ts';

const parameters: DataInterface = {
  files: [
    { name: 'scene-1', media_types: ['image/tiff'], required: true, multiple: false },
    { name: 'MORE', media_types: [], required: false, multiple: true },
  ],
  json: [
    { name: 'COUNT', type: 'integer', required: true },
    { name: 'NOTE', type: 'string', required: false },
  ],
};
const files = new Map([
  [1, { media_type: 'image/tiff', is_deleted: false }],
  [2, { media_type: 'text/plain', is_deleted: false }],
  [3, { media_type: 'image/tiff', is_deleted: true }],
]);
const whole = { files: { 'scene-1': [1] }, json: { COUNT: 1 } };
const judge = (document: unknown) => judgeRecipeInput(document, parameters, files);

describe('the input of a recipe', () => {
  it('is kept without what the recipe type has no input for', () => {
    const judged = judge({
      version: '6',
      files: { ...whole.files, MORE: [2, 1], SPARE: [9] },
      json: { ...whole.json, COUNTS: 1 },
    });
    expect(judged.errors).toEqual([]);
    expect(judged.input).toEqual({
      version: '7',
      files: { 'scene-1': [1], MORE: [2, 1] },
      json: { COUNT: 1 },
    });
    expect(judged.warnings).toEqual([
      {
        name: 'UNKNOWN_INPUT',
        path: 'files.SPARE',
        description:
          'files.SPARE is dropped: the recipe type has no file input of that name; it has scene-1, MORE',
      },
      {
        name: 'UNKNOWN_INPUT',
        path: 'json.COUNTS',
        description:
          'json.COUNTS is dropped: the recipe type has no JSON input of that name; did you mean COUNT?',
      },
    ]);
  });

  it('is warned of where media types differ', () => {
    expect(
      judge({ ...whole, files: { 'scene-1': [2] } }).warnings.map(({ name, path }) => [name, path]),
    ).toEqual([['MISMATCHED_MEDIA_TYPES', 'files.scene-1[0]']]);
  });

  it.each([
    [{}, ['PARAM_REQUIRED files', 'PARAM_REQUIRED json']],
    [{ ...whole, files: { SCENE_1: [1] } }, ['PARAM_REQUIRED files']],
    [{ ...whole, files: { ...whole.files, MORE: [] } }, ['NO_FILES files.MORE']],
    [{ ...whole, files: { 'scene-1': [1, 1] } }, ['MULTIPLE_FILES files.scene-1']],
    [{ ...whole, files: { 'scene-1': [7] } }, ['UNKNOWN_FILE files.scene-1[0]']],
    [{ ...whole, files: { 'scene-1': [3] } }, ['DELETED_FILE files.scene-1[0]']],
    [{ ...whole, json: { COUNT: '1' } }, ['INVALID_JSON_TYPE json.COUNT']],
    [{ ...whole, json: { COUNT: 1.5 } }, ['INVALID_JSON_TYPE json.COUNT']],
    [{ ...whole, json: { COUNT: 1, MORE: [1] } }, ['MISMATCHED_PARAM_TYPE json.MORE']],
    [{ ...whole, files: { ...whole.files, NOTE: [1] } }, ['MISMATCHED_PARAM_TYPE files.NOTE']],
    [{ ...whole, json: { COUNT: 1, NOTE: 'a\0' } }, ['INVALID_DATA json.NOTE']],
    [{ ...whole, file: {} }, ['INVALID_DATA file']],
    [null, ['INVALID_DATA ']],
  ])('is refused with what is wrong: %j', (document, errors) => {
    const judged = judge(document);
    expect(judged.errors.map(({ name, path }) => `${name} ${path}`)).toEqual(errors);
    expect(judged.input).toBeUndefined();
  });
});
