import { describe, expect, it } from '@jest/globals';
import type { TestApi } from '../../test/support/api.ts';
import { judgeIngest, scan, strike, withIngestWorld } from '../../test/support/ingest-world.ts';

let api: TestApi;

withIngestWorld((world) => ({ api } = world));
const judge = (kind: 'strikes' | 'scans', configuration: object, more?: object) =>
  judgeIngest(api, kind, configuration, more);
const fine = { is_valid: true, errors: [], warnings: [] };

describe('a configuration', () => {
  it('is valid where everything is there', async () => {
    expect(await judge('strikes', strike())).toEqual(fine);
    expect(await judge('scans', scan())).toEqual(fine);
    expect(await judge('strikes', strike({ recipe: { name: 'one' } }))).toEqual(fine);
    expect(await judge('strikes', strike({ workspace: 'store' }))).toEqual(fine);
    expect(
      await judge('strikes', strike({ workspace: 'bucket', monitor: { type: 's3', sqs_name: 'q' } })),
    ).toEqual(fine);
    expect(await judge('scans', scan({ workspace: 'bucket', scanner: { type: 's3' } }))).toEqual(fine);
    expect(await judge('scans', scan({ recipe: { name: 'several', revision_num: 1 } }))).toEqual(fine);
  });

  it.each([
    ['a workspace that is not there', { workspace: 'nowhere' }, ['INVALID_WORKSPACE workspace']],
    ['an inactive workspace', { workspace: 'old' }, ['INVALID_WORKSPACE workspace']],
    ['the workspace of uploads', { workspace: 'seedbed' }, ['MANAGED_WORKSPACE workspace']],
    [
      'a rule to nowhere',
      { files_to_ingest: [{ filename_regex: 'a', new_workspace: 'nowhere' }] },
      ['INVALID_WORKSPACE files_to_ingest[0].new_workspace'],
    ],
    [
      'a rule to an inactive workspace',
      { files_to_ingest: [{ filename_regex: 'a', new_workspace: 'old' }] },
      ['INVALID_WORKSPACE files_to_ingest[0].new_workspace'],
    ],
    [
      'no expression',
      { files_to_ingest: [{ filename_regex: 'a' }, { filename_regex: '*.h5' }] },
      ['INVALID_REGEX files_to_ingest[1].filename_regex'],
    ],
    [
      'a path out of the workspace',
      { files_to_ingest: [{ filename_regex: 'a', new_file_path: '../b' }] },
      ['INVALID_NEW_FILE_PATH files_to_ingest[0].new_file_path'],
    ],
    ['no rules', { files_to_ingest: [] }, ['INVALID_CONFIGURATION files_to_ingest']],
    ['a member that is not known', { colour: 'red' }, ['INVALID_CONFIGURATION colour']],
    ['no such recipe', { recipe: { name: 'none' } }, ['RECIPE_TYPE_DOES_NOT_EXIST recipe']],
    ['no such revision', { recipe: { name: 'one', revision_num: 2 } }, ['RECIPE_TYPE_DOES_NOT_EXIST recipe']],
    ['a recipe without files', { recipe: { name: 'inner' } }, ['INVALID_RECIPE_INPUT recipe']],
    ['an input that is not there', { recipe: { name: 'one', input: 'B' } }, ['INVALID_RECIPE_INPUT recipe']],
    ['inputs to choose from', { recipe: { name: 'unclear' } }, ['INVALID_RECIPE_INPUT recipe']],
    [
      'inputs that nothing is given to',
      { recipe: { name: 'more', input: 'A' } },
      ['INVALID_RECIPE_INPUT recipe'],
    ],
  ])('with %s is refused by both', async (_, more, errors) => {
    expect(await judge('strikes', strike(more))).toMatchObject({ is_valid: false, errors });
    expect(await judge('scans', scan(more))).toMatchObject({ is_valid: false, errors });
  });

  it('names the inputs that a recipe has', async () => {
    const words = async (recipe: object) =>
      (
        await api.send('POST', 'scans/validation/', { title: 'X', configuration: scan({ recipe }) })
      ).json.errors.map(({ description }) => description);
    expect(await words({ name: 'unclear' })).toEqual([
      'configuration.recipe: the recipe type unclear has several file inputs, and recipe.input must name one of A, B',
    ]);
    expect(await words({ name: 'more', input: 'A' })).toEqual([
      'configuration.recipe: the recipe type more requires B, N besides the file, and nothing gives that',
    ]);
    expect(await judge('scans', scan({ recipe: { name: 'unclear', input: 'B' } }))).toEqual(fine);
  });

  it('is judged by what the workspace is', async () => {
    expect(await judge('strikes', strike({ workspace: 'bucket' }))).toMatchObject({
      errors: ['INVALID_MONITOR monitor.type'],
    });
    expect(await judge('strikes', strike({ monitor: { type: 's3' } }))).toMatchObject({
      errors: ['INVALID_MONITOR monitor.type'],
    });
    expect(await judge('strikes', strike({ monitor: { type: 'nats' } }))).toMatchObject({
      errors: [expect.stringContaining('INVALID_CONFIGURATION monitor')],
    });
    expect(await judge('scans', scan({ workspace: 'bucket' }))).toMatchObject({
      errors: ['INVALID_SCANNER scanner.type'],
    });
    expect(await judge('scans', scan({ scanner: { type: 's3' } }))).toMatchObject({
      errors: ['INVALID_SCANNER scanner.type'],
    });
  });

  it('is told everything at once', async () => {
    const files_to_ingest = [
      { filename_regex: '*.h5', new_workspace: 'nowhere', new_file_path: '..' },
      { filename_regex: '\\etc', new_file_path: '/new/file/path' },
      { filename_regex: '\\etc' },
    ];
    const found = await judge(
      'strikes',
      strike({ workspace: 'old', files_to_ingest, recipe: { name: 'none' } }),
    );
    expect(found).toEqual({
      is_valid: false,
      errors: [
        'INVALID_WORKSPACE workspace',
        'INVALID_REGEX files_to_ingest[0].filename_regex',
        'INVALID_WORKSPACE files_to_ingest[0].new_workspace',
        'INVALID_NEW_FILE_PATH files_to_ingest[0].new_file_path',
        'RECIPE_TYPE_DOES_NOT_EXIST recipe',
      ],
      warnings: [
        'ODD_ESCAPE files_to_ingest[1].filename_regex',
        'ABSOLUTE_NEW_FILE_PATH files_to_ingest[1].new_file_path',
        'ODD_ESCAPE files_to_ingest[2].filename_regex',
        'UNREACHABLE_RULE files_to_ingest[2]',
      ],
    });
  });

  it('is told what is wrong besides a wrong shape', async () => {
    const files_to_ingest = [
      { filename_regex: 1, new_workspace: 'nowhere' },
      'none',
      { filename_regex: '*.h5', data_types: 'text' },
      { new_file_path: '..' },
    ];
    const more = { files_to_ingest, recipe: { name: 'none', revision_num: 'one' }, colour: 'red' };
    const rules = [
      expect.stringMatching(/^INVALID_CONFIGURATION files_to_ingest\[0\]\.filename_regex/),
      expect.stringMatching(/^INVALID_CONFIGURATION files_to_ingest\[1\]/),
      expect.stringMatching(/^INVALID_CONFIGURATION files_to_ingest\[2\]\.data_types/),
      expect.stringMatching(/^INVALID_CONFIGURATION files_to_ingest\[3\]/),
      'INVALID_WORKSPACE files_to_ingest[0].new_workspace',
      'INVALID_REGEX files_to_ingest[2].filename_regex',
      'INVALID_NEW_FILE_PATH files_to_ingest[3].new_file_path',
      expect.stringMatching(/^INVALID_CONFIGURATION recipe\.revision_num/),
      'RECIPE_TYPE_DOES_NOT_EXIST recipe',
      'INVALID_CONFIGURATION colour',
    ];
    const { errors } = await judge('strikes', strike({ ...more, monitor: { type: 's3', sqs_name: 5 } }));
    expect(errors).toEqual(expect.arrayContaining([...rules, 'INVALID_MONITOR monitor.type']));
    const scanned = await judge('scans', scan({ ...more, recursive: 'yes', workspace: 'old' }));
    expect(scanned.errors).toEqual(expect.arrayContaining([...rules, 'INVALID_WORKSPACE workspace']));
    expect((await judge('strikes', strike({ workspace: 7, monitor: 'dir' }))).errors).toHaveLength(2);
  });

  it("of Scale's documents is accepted but for what cannot be meant", async () => {
    // docs/rest of Scale: `*.h5` is no expression, and the path is absolute.
    const sample = (filename_regex: string) => ({
      version: '6',
      workspace: 'raw',
      monitor: { type: 'dir-watcher', transfer_suffix: '_tmp' },
      files_to_ingest: [
        {
          filename_regex,
          data_types: ['data type 1', 'data type 2'],
          new_workspace: 'store',
          new_file_path: '/new/file/path',
        },
      ],
      recipe: { name: 'one', revision_num: 1 },
    });
    const slash = 'ABSOLUTE_NEW_FILE_PATH files_to_ingest[0].new_file_path';
    expect(await judge('strikes', sample('*.h5'))).toEqual({
      is_valid: false,
      errors: ['INVALID_REGEX files_to_ingest[0].filename_regex'],
      warnings: [slash],
    });
    expect(await judge('strikes', sample('.*txt'))).toEqual({
      is_valid: true,
      errors: [],
      warnings: [slash],
    });
  });
});
