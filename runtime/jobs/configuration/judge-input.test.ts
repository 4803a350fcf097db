import { describe, expect, it } from '@jest/globals';
import { testManifest } from '../../../test/support/manifest.ts';
import { fileIdsOf, judgeInput, type KnownFile } from './index.ts';

const manifest = testManifest({
  interface: {
    inputs: {
      files: [
        { name: 'image-file', mediaTypes: ['image/tiff', 'image/PNG'] },
        { name: 'MORE', multiple: true, required: false },
      ],
      json: [
        { name: 'COUNT', type: 'integer' },
        { name: 'NOTE', type: 'string', required: false },
      ],
    },
  },
});

const files = new Map<number, KnownFile>([
  [1, { media_type: 'image/tiff', is_deleted: false }],
  [2, { media_type: 'image/png; x=y', is_deleted: false }],
  [3, { media_type: 'text/plain', is_deleted: false }],
  [4, { media_type: 'image/tiff', is_deleted: true }],
]);

const judge = (document: unknown) => judgeInput(document, manifest, files);
const found = (findings: readonly { name: string; path: string }[]) =>
  findings.map(({ name, path }) => `${name} ${path}`);
const whole = { files: { 'image-file': [1] }, json: { COUNT: 1 } };

describe('judgeInput', () => {
  it('gives the input by the own names, without what the manifest does not know', () => {
    const judged = judge({
      version: '6',
      files: { IMAGE_FILE: [2], more: [3, 1, 3], SPARE: [9] },
      json: { count: 5.0, COUNTS: 1 },
    });
    expect(judged).toMatchObject({ is_valid: true, errors: [] });
    expect(judged.input).toEqual({
      version: '7',
      files: { 'image-file': [2], MORE: [3, 1, 3] },
      json: { COUNT: 5 },
    });
    expect(found(judged.warnings)).toEqual(['UNKNOWN_INPUT files.SPARE', 'UNKNOWN_INPUT json.COUNTS']);
    expect(judged.warnings[1]!.description).toContain('did you mean COUNT?');
  });

  it('warns of another media type than those that the manifest names', () => {
    const judged = judge({ ...whole, files: { 'image-file': [3], MORE: [3] } });
    expect(judged.warnings.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      'MISMATCHED_MEDIA_TYPES: files.image-file[0] is 3, a file of text/plain, and image-file is for image/tiff, image/PNG',
    ]);
    expect(judged.input).toBeDefined();
  });

  it.each([
    [{ json: { COUNT: 1 } }, ['PARAM_REQUIRED files']],
    [{}, ['PARAM_REQUIRED files', 'PARAM_REQUIRED json']],
    [{ ...whole, files: { 'image-file': [] } }, ['NO_FILES files.image-file']],
    [{ ...whole, files: { ...whole.files, MORE: [] } }, ['NO_FILES files.MORE']],
    [{ ...whole, files: { 'image-file': [1, 2] } }, ['MULTIPLE_FILES files.image-file']],
    [{ ...whole, files: { 'image-file': [7] } }, ['UNKNOWN_FILE files.image-file[0]']],
    [{ ...whole, files: { ...whole.files, MORE: [1, 4] } }, ['DELETED_FILE files.MORE[1]']],
    [{ ...whole, json: { COUNT: 1.5 } }, ['INVALID_JSON_TYPE json.COUNT']],
    [{ ...whole, json: { COUNT: 1, NOTE: null } }, ['INVALID_JSON_TYPE json.NOTE']],
    [{ ...whole, json: { COUNT: 1, NOTE: 'a\0' } }, ['INVALID_DATA json.NOTE']],
    [{ ...whole, json: { COUNT: 1, MORE: [1] } }, ['MISMATCHED_PARAM_TYPE json.MORE']],
    [{ ...whole, files: { ...whole.files, note: [1] } }, ['MISMATCHED_PARAM_TYPE files.note']],
    [{ ...whole, json: { COUNT: 1, count: 2 } }, ['DUPLICATE_VALUE json.count']],
    [{ ...whole, files: { 'image-file': 1 } }, ['INVALID_DATA files.image-file']],
    [[], ['INVALID_DATA ']],
  ])('refuses %j', (document, names) => {
    const judged = judge(document);
    expect(found(judged.errors)).toEqual(names);
    expect(judged).not.toHaveProperty('input');
    expect(judged.is_valid).toBe(false);
  });
});

describe('fileIdsOf', () => {
  it('has each id once, and none of what is no input', () => {
    expect(fileIdsOf({ files: { A: [3, 1], B: [1] } })).toEqual([3, 1]);
    expect(fileIdsOf({ files: { A: ['1'] } })).toEqual([]);
    expect(fileIdsOf(7)).toEqual([]);
  });
});
