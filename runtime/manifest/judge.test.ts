import { describe, expect, it } from '@jest/globals';
import { changed, completeManifest, leastManifest } from './complete-manifest.fixture.ts';
import { judgeManifest } from './judge.ts';

const command = 'job.interface.command';
const files = 'job.interface.inputs.files';
const json = 'job.interface.inputs.json';
const outputs = 'job.interface.outputs.files';
const outputJson = 'job.interface.outputs.json';
const mounts = 'job.interface.mounts';
const settings = 'job.interface.settings';
const scalar = 'job.resources.scalar';

describe('a valid manifest', () => {
  it('may have every member of the standard', () => {
    expect(judgeManifest(completeManifest)).toMatchObject({ is_valid: true, errors: [], warnings: [] });
  });

  it('gets the defaults of the standard', () => {
    const { manifest, warnings } = judgeManifest(leastManifest);
    expect(manifest).toEqual({
      ...leastManifest,
      job: {
        ...leastManifest.job,
        tags: [],
        interface: {
          inputs: { files: [], json: [] },
          outputs: { files: [], json: [] },
          mounts: [],
          settings: [],
        },
        resources: { scalar: [] },
        errors: [],
      },
    });
    expect(warnings.map(({ name }) => name)).toEqual(['MISSING_RESOURCE']);
  });

  it('gets the defaults of each part', () => {
    const { manifest } = judgeManifest({
      ...leastManifest,
      job: {
        ...leastManifest.job,
        interface: {
          inputs: { files: [{ name: 'A' }], json: [{ name: 'B', type: 'array' }] },
          outputs: { files: [{ name: 'C', pattern: '*' }], json: [{ name: 'D', type: 'object' }] },
          mounts: [{ name: 'E', path: '/e/' }],
          settings: [{ name: 'F' }],
        },
        resources: { scalar: [{ name: 'mem', value: 5 }] },
        errors: [{ code: 3, name: 'G' }],
      },
    });
    expect(manifest?.job.interface).toEqual({
      inputs: {
        files: [{ name: 'A', required: true, mediaTypes: [], multiple: false, partial: false }],
        json: [{ name: 'B', type: 'array', required: true }],
      },
      outputs: {
        files: [{ name: 'C', pattern: '*', multiple: false, required: true }],
        json: [{ name: 'D', key: 'D', type: 'object', required: true }],
      },
      mounts: [{ name: 'E', path: '/e/', mode: 'ro' }],
      settings: [{ name: 'F', secret: false }],
    });
    expect(manifest?.job.resources).toEqual({ scalar: [{ name: 'mem', value: 5, inputMultiplier: 0 }] });
    expect(manifest?.job.errors).toEqual([{ code: 3, name: 'G', category: 'job' }]);
  });

  it('may be the one that watermarks images, which Scale documents, obfuscated address and all', () => {
    const { is_valid, warnings } = judgeManifest({
      seedVersion: '1.0.0',
      job: {
        name: 'image-watermark',
        jobVersion: '0.1.0',
        packageVersion: '0.1.0',
        title: 'Image Watermarker',
        description: 'Processes an input PNG and outputs watermarked PNG.',
        maintainer: { name: 'John Doe', email: '[email\u00a0protected]' },
        timeout: 30,
        interface: {
          command: '${INPUT_IMAGE} ${OUTPUT_DIR}',
          inputs: { files: [{ name: 'INPUT_IMAGE' }] },
          outputs: { files: [{ name: 'OUTPUT_IMAGE', pattern: '*_watermark.png' }] },
        },
        resources: {
          scalar: [
            { name: 'cpus', value: 1 },
            { name: 'mem', value: 64 },
          ],
        },
        errors: [
          {
            code: 1,
            name: 'image-Corrupt-1',
            description: 'Image input is not a valid PNG.',
            category: 'data',
          },
          { code: 2, name: 'algorithm-failure' },
        ],
      },
    });
    expect(is_valid).toBe(true);
    expect(warnings.map(({ name }) => name)).toEqual(['INVALID_EMAIL', 'MISSING_RESOURCE']);
  });

  it.each([
    ['job.name', 'A-1-'],
    ['job.jobVersion', '1.0.0-alpha.1+build.5'],
    ['job.tags', []],
    ['job.interface', {}],
    ['job.interface.inputs', {}],
    ['job.interface.outputs', undefined],
    ['job.resources', { scalar: [] }],
    ['job.timeout', 30.0],
    [`${files}[0].name`, '_-a'],
    [`${outputs}[0].name`, 'OUTPUT_DIR'],
    [`${mounts}[0].name`, 'ALLOCATED_X'],
    [`${mounts}[0].name`, 'drawings'],
    [`${scalar}[4].name`, 'my_license-2'],
    [`${scalar}[4].inputMultiplier`, 0.5],
    ['job.errors[0].name', 'VERSION'],
  ])('may have %s: %j', (path, value) => {
    expect(judgeManifest(changed(path, value)).errors).toEqual([]);
  });
});

describe('the schema', () => {
  it.each([
    ['seedVersion', undefined, 'seedVersion is missing'],
    ['seedVersion', '1.1.0', 'seedVersion must be "1.0.0", the one version of the standard, not "1.1.0"'],
    ['seedVersion', '0.1.0', '`seed convert` turns this one into one of 1.0.0'],
    ['job', [], 'job must be an object, not []'],
    ['job.name', 'my_job', 'job.name must be a name of letters, digits and -, not "my_job"'],
    ['job.name', '', 'not ""'],
    ['job.jobVersion', '1.0', 'a version such as 1.0.0 (Semantic Versioning 2.0.0), not "1.0"'],
    ['job.packageVersion', '01.0.0', 'not "01.0.0"'],
    ['job.title', undefined, 'job.title is missing; it must be a string'],
    ['job.description', 5, 'job.description must be a string, not 5'],
    ['job.tags', 'png', 'an array of strings, not "png"'],
    ['job.timeout', undefined, 'job.timeout is missing; it must be a whole number of seconds'],
    ['job.timeout', '30', 'job.timeout must be a whole number of seconds, not "30"'],
    ['job.timeout', 1.5, 'not 1.5'],
    ['job.maintainer', undefined, 'job.maintainer is missing'],
    ['job.maintainer.email', undefined, 'job.maintainer.email is missing'],
    ['job.maintainer.phone', 5550100, 'job.maintainer.phone must be a string'],
    ['job.resources', {}, 'job.resources.scalar is missing; it must be an array', 'job.resources.scalar'],
    [`${scalar}[0].value`, '1', `${scalar}[0].value must be a number, not "1"`],
    [`${scalar}[0].value`, Infinity, 'must be a number, not Infinity'],
    [`${scalar}[0].value`, undefined, 'value is missing'],
    [`${scalar}[0].name`, 'c p u', 'letters, digits, _ and -'],
    [`${files}[0].name`, undefined, 'name is missing'],
    [`${files}[0].required`, 'yes', 'must be true or false, not "yes"'],
    [`${files}[0].mediaTypes`, 'image/png', 'an array of media types'],
    [
      `${json}[0].type`,
      'null',
      'must be "array", "boolean", "integer", "number", "object" or "string", not "null"',
    ],
    [`${json}[0].type`, undefined, 'type is missing; it must be "array"'],
    [`${outputs}[0].pattern`, undefined, 'pattern is missing; it must be a glob pattern'],
    [`${outputJson}[0].key`, 5, 'must be a string, not 5'],
    [`${mounts}[0].mode`, 'wr', `${mounts}[0].mode must be "ro" or "rw", not "wr"`],
    [`${mounts}[0].path`, undefined, 'path is missing; it must be an absolute path in the container'],
    [`${settings}[0].secret`, 1, 'must be true or false'],
    ['job.errors[0].code', 1.5, 'must be an exit code, a whole number, not 1.5'],
    ['job.errors[0].category', 'algorithm', 'must be "job" or "data", not "algorithm"'],
  ])('refuses %s: %j', (path, value, words, where = path) => {
    const { is_valid, errors } = judgeManifest(changed(path, value));
    expect(errors).toEqual([
      { name: 'JSON_VALIDATION_ERROR', path: where, description: expect.stringContaining(words) },
    ]);
    expect(is_valid).toBe(false);
  });

  it.each([
    ['seedversion', 'of the manifest; did you mean `seedVersion`?'],
    ['job.job_version', '`job_version` is not a member of job; did you mean `jobVersion`?'],
    ['job.interface.output', 'did you mean `outputs`?'],
    [`${files}[0].requird`, `\`requird\` is not a member of ${files}[0]; did you mean \`required\`?`],
    [`${outputs}[0].count`, 'its members are name, pattern, mediaType, multiple, required'],
    ['job.__proto__x', 'its members are name, jobVersion'],
  ])('suggests what was meant by %s', (path, words) => {
    const { errors } = judgeManifest(changed(path, true));
    expect(errors).toEqual([
      { name: 'JSON_VALIDATION_ERROR', path, description: expect.stringContaining(words) },
    ]);
  });

  it('says once that a member is misspelt, not also that the right one is missing', () => {
    const { jobVersion, ...job } = completeManifest.job;
    const { errors } = judgeManifest({ seedVersion: '1.0.0', job: { ...job, jobversion: jobVersion } });
    expect(errors.map(({ path }) => path)).toEqual(['job.jobversion']);
  });

  it.each([null, 5, 'text', [], [completeManifest]])('refuses %j for a manifest', (document) => {
    expect(judgeManifest(document).errors).toEqual([
      expect.objectContaining({
        path: '',
        description: expect.stringContaining('the manifest must be an object'),
      }),
    ]);
  });
});

describe('beyond the schema', () => {
  it.each([
    [`${files}[0].name`, 'OUTPUT_DIR', 'NAME_COLLISION_ERROR', 'the standard reserves OUTPUT_DIR'],
    [`${files}[0].name`, 'output-dir', 'NAME_COLLISION_ERROR', 'the standard reserves OUTPUT_DIR'],
    [`${json}[0].name`, 'allocated_cpus', 'NAME_COLLISION_ERROR', 'the standard reserves ALLOCATED_*'],
    [`${settings}[1].name`, 'Allocated-X', 'NAME_COLLISION_ERROR', 'the standard reserves ALLOCATED_*'],
    [`${files}[1].name`, 'INPUT_FILE', 'NAME_COLLISION_ERROR', `as ${files}[0].name, INPUT_FILE`],
    [`${json}[0].name`, 'input-file', 'NAME_COLLISION_ERROR', `as ${files}[0].name, INPUT_FILE`],
    [`${settings}[1].name`, 'Threshold', 'NAME_COLLISION_ERROR', `as ${json}[0].name, THRESHOLD`],
    [`${scalar}[3].name`, 'mem', 'NAME_COLLISION_ERROR', `as ${scalar}[1].name, ALLOCATED_MEM`],
    [`${scalar}[3].name`, 'SharedMem', 'NAME_COLLISION_ERROR', `as ${scalar}[2].name, ALLOCATED_SHAREDMEM`],
    [`${outputs}[1].name`, 'drawings', 'DUPLICATE_OUTPUT_NAMES', `(${outputs}[0].name)`],
    [`${outputJson}[0].name`, 'table', 'DUPLICATE_OUTPUT_NAMES', `(${outputs}[1].name)`],
    [`${mounts}[1].name`, 'REFERENCE', 'DUPLICATE_MOUNT_NAMES', `(${mounts}[0].name)`],
    [`${mounts}[1].path`, '/models/.', 'DUPLICATE_MOUNT_PATHS', 'mounted already', `${mounts}[2].path`],
    ['job.errors[1].name', 'bad-raster', 'DUPLICATE_ERROR_NAMES', '(job.errors[0].name)'],
    [`${mounts}[0].path`, '', 'INVALID_MOUNT_PATH', 'must be absolute'],
    [`${mounts}[0].path`, 'data/in', 'INVALID_MOUNT_PATH', 'must be absolute'],
    [`${mounts}[0].path`, '/', 'INVALID_MOUNT_PATH', "the image's own files"],
    [`${mounts}[0].path`, '//.', 'INVALID_MOUNT_PATH', "the image's own files"],
    [`${mounts}[0].path`, '/a/../etc', 'INVALID_MOUNT_PATH', 'no ..'],
    [`${mounts}[0].path`, '/a\nb', 'INVALID_MOUNT_PATH', 'control characters'],
    [`${mounts}[0].path`, '/scale/input_data', 'INVALID_MOUNT_PATH', '/scale/input_data is not free'],
    [`${mounts}[0].path`, '/scale//output_data/x/', 'INVALID_MOUNT_PATH', '/scale/output_data is not free'],
    [`${mounts}[0].path`, '/scale', 'INVALID_MOUNT_PATH', 'is not free'],
    [`${mounts}[0].path`, '/proc/1', 'INVALID_MOUNT_PATH', '/proc is not free'],
    [`${outputs}[0].pattern`, '', 'INVALID_PATTERN', 'matches no file'],
    [`${outputs}[0].pattern`, '/etc/*', 'INVALID_PATTERN', 'relative to OUTPUT_DIR'],
    [`${outputs}[0].pattern`, 'a/../../*', 'INVALID_PATTERN', 'stays inside OUTPUT_DIR'],
    [`${outputs}[0].pattern`, 'a/', 'INVALID_PATTERN', 'only files are captured'],
    [`${outputs}[0].pattern`, 'a\0', 'INVALID_PATTERN', 'NUL'],
    [`${scalar}[0].value`, -1, 'INVALID_RESOURCE', 'is -1; it must not be negative'],
    [`${scalar}[4].inputMultiplier`, -0.5, 'INVALID_RESOURCE', 'must not be negative'],
    [`${scalar}[3].value`, 0.5, 'WHOLE_GPUS', 'must be a whole number'],
    [`${files}[1].name`, 'n'.repeat(242), 'NAME_TOO_LONG', 'at most 241'],
  ])('refuses %s: %j with %s', (path, value, name, words, where = path) => {
    const { is_valid, errors, manifest } = judgeManifest(changed(path, value));
    expect(errors).toEqual([{ name, path: where, description: expect.stringContaining(words) }]);
    expect(is_valid).toBe(false);
    expect(manifest).toBeUndefined();
  });

  it.each([
    ['/scale/input_database', []],
    ['/scale/workspace_mounts', []],
    ['/process', []],
    ['/dev/shm', []],
    ['/a..b/..c', []],
  ])('takes the mount path %s', (path, errors) => {
    expect(judgeManifest(changed(`${mounts}[0].path`, path)).errors).toEqual(errors);
  });

  it('finds everything at once, also where the schema is broken', () => {
    const { errors } = judgeManifest({
      seedVersion: '1.0.0',
      job: {
        name: 'a b',
        interface: {
          inputs: { files: [{ name: 'A' }, 'b', { name: 7 }], json: [{ name: 'a' }] },
          outputs: 'none',
          mounts: [null, { name: 'M', path: 'm' }],
        },
        resources: { scalar: [{ name: 'cpus', value: -1, extra: 1 }] },
      },
    });
    expect(errors.map(({ name, path }) => `${name} ${path}`).sort()).toEqual([
      'INVALID_MOUNT_PATH job.interface.mounts[1].path',
      'INVALID_RESOURCE job.resources.scalar[0].value',
      'JSON_VALIDATION_ERROR job.description',
      'JSON_VALIDATION_ERROR job.interface.inputs.files[1]',
      'JSON_VALIDATION_ERROR job.interface.inputs.files[2].name',
      'JSON_VALIDATION_ERROR job.interface.inputs.json[0].type',
      'JSON_VALIDATION_ERROR job.interface.mounts[0]',
      'JSON_VALIDATION_ERROR job.interface.outputs',
      'JSON_VALIDATION_ERROR job.jobVersion',
      'JSON_VALIDATION_ERROR job.maintainer',
      'JSON_VALIDATION_ERROR job.name',
      'JSON_VALIDATION_ERROR job.packageVersion',
      'JSON_VALIDATION_ERROR job.resources.scalar[0].extra',
      'JSON_VALIDATION_ERROR job.timeout',
      'JSON_VALIDATION_ERROR job.title',
      'NAME_COLLISION_ERROR job.interface.inputs.json[0].name',
    ]);
  });
});

describe('warnings', () => {
  it.each([
    ['job.timeout', 0, 'INVALID_TIMEOUT', 'no limit'],
    ['job.timeout', -1, 'INVALID_TIMEOUT', 'is -1'],
    ['job.maintainer.email', 'ada at example.com', 'INVALID_EMAIL', '"ada at example.com"'],
    ['job.name', 'n'.repeat(51), 'LONG_NAME', 'has 51 characters'],
    ['job.errors[0].title', 't'.repeat(51), 'LONG_NAME', 'at most 50'],
    ['job.errors[0].description', 't'.repeat(251), 'LONG_NAME', 'at most 250'],
    [`${json}[0].name`, 'input-metadata', 'RESERVED_NAME', "the platform's own value"],
    [`${settings}[1].name`, 'SCALE_JOB_ID', 'RESERVED_NAME', "the platform's own value"],
    [`${json}[0].name`, '2nd', 'UNUSABLE_VARIABLE', 'begins with a digit'],
    [`${settings}[1].name`, 'path', 'UNUSABLE_VARIABLE', 'variable PATH'],
    [
      `${files}[0].mediaTypes`,
      ['png'],
      'INVALID_MEDIA_TYPE',
      `${files}[0].mediaTypes[0] is "png"`,
      `${files}[0].mediaTypes[0]`,
    ],
    [`${outputs}[0].mediaType`, 'PNG image', 'INVALID_MEDIA_TYPE', 'type/subtype'],
    [`${outputs}[0].pattern`, '/scale/output_data/a*.png', 'ABSOLUTE_PATTERN', 'taken as "a*.png"'],
    [`${outputs}[0].pattern`, '**/*.png', 'RECURSIVE_PATTERN', 'the same as *'],
    [`${outputs}[0].pattern`, '*.metadata.json', 'SIDECAR_PATTERN', 'never captured'],
    [`${outputs}[0].pattern`, 'seed.outputs.json', 'SIDECAR_PATTERN', 'never captured'],
    [`${outputs}[0].pattern`, '*.{png,jpg}', 'BRACE_PATTERN', 'match themselves'],
    [
      `${scalar}[4].name`,
      'shared-memory',
      'NONSTANDARD_RESOURCE',
      'it must be granted',
      `${scalar}[4].name`,
      'MISSING_RESOURCE',
    ],
    [`${scalar}[2].name`, 'SHAREDMEM', 'NONSTANDARD_RESOURCE', 'it is taken as sharedMem'],
    [`${scalar}[2].name`, 'shared_mem', 'NONSTANDARD_RESOURCE', 'did you mean sharedMem?'],
    [`${scalar}[0].value`, 0, 'ZERO_RESOURCE', 'without cpus'],
    ['job.resources', undefined, 'MISSING_RESOURCE', 'cpus, mem and disk', scalar],
    ['job.errors[1].code', 1, 'DUPLICATE_ERROR_CODES', 'job.errors[0].code is already; the last one counts'],
    ['job.errors[1].code', 0, 'INVALID_ERROR_CODE', 'with which a job completes'],
    ['job.errors[1].code', 256, 'INVALID_ERROR_CODE', 'from 0 to 255'],
    ['job.errors[1].code', -1, 'INVALID_ERROR_CODE', 'from 0 to 255'],
    [command, '${INPUT_FILE', 'INVALID_COMMAND', 'at character 1: the brace of ${ is never closed'],
    [command, "it's", 'INVALID_COMMAND', 'at character 3: the single quote is never closed'],
    [command, 'say "$VERSION', 'INVALID_COMMAND', 'at character 5: the double quote is never closed'],
    [command, '${VERSION@Q}', 'INVALID_COMMAND', 'at character 10: ${VERSION cannot be followed by @'],
    [command, '$HOME "', 'INVALID_COMMAND', 'at character 7: ', command, 'UNKNOWN_VARIABLE'],
    [
      command,
      '$INPUT_FIEL',
      'UNKNOWN_VARIABLE',
      'expands INPUT_FIEL, which is no input, setting or variable of the platform; did you mean ${INPUT_FILE}?',
    ],
    [command, '${extra-files}', 'UNKNOWN_VARIABLE', 'did you mean ${EXTRA_FILES}?'],
    [command, '${extra-files/#/-d }', 'UNKNOWN_VARIABLE', 'did you mean ${EXTRA_FILES}?'],
    [command, 'run $db', 'UNKNOWN_VARIABLE', 'expands db'],
    [command, 'run $HOME', 'UNKNOWN_VARIABLE', 'expands HOME'],
    [command, '$ALLOCATED_LICENSES', 'UNKNOWN_VARIABLE', 'ALLOCATED_LICENSES'],
    [command, '--password=${DB_PASS}', 'SECRET_IN_COMMAND', 'the secret setting DB_PASS'],
    [
      command,
      'sh -c "cat ${INPUT_FILE}"',
      'SHELL_EXPANSION',
      'expands INPUT_FILE into the script of a shell',
    ],
    [command, '/bin/bash -ec "cat $INPUT_FILE > $OUTPUT_DIR/x"', 'SHELL_EXPANSION', 'single quotes'],
    [command, '-c "cat ${INPUT_FILE}"', 'SHELL_EXPANSION', 'script of a shell'],
    [command, 'timeout 5 sh -e -c $THRESHOLD', 'SHELL_EXPANSION', 'THRESHOLD'],
  ])('%s: %j gets %s', (path, value, name, words, where = path, ...others) => {
    const { errors, warnings } = judgeManifest(changed(path, value));
    expect(errors).toEqual([]);
    expect(warnings[0]).toEqual({ name, path: where, description: expect.stringContaining(words) });
    expect(warnings.slice(1).map((other) => other.name)).toEqual(others);
  });

  it.each([
    '',
    '${INPUT_FILE} "${OUTPUT_DIR}" $INPUT_METADATA $SCALE_JOB_ID ${ALLOCATED_SHAREDMEM}',
    `sh -c 'cat "$INPUT_FILE" "$HOME" > "$OUTPUT_DIR/x"; echo $DB_PASS'`,
    'sh -c "ls $OUTPUT_DIR"',
    'sh -c \'cat "$0"\' ${INPUT_FILE}',
    'python -c "$THRESHOLD"',
    '\\$HOME costs 5$ "\\$X" $1 $$',
    '${VERSION:-${DB_HOST}}',
    '${VERSION/%/x}',
    '${DB_PASS:+--ask} ${#DB_PASS} sh -c "echo ${#INPUT_FILE}"',
  ])('none for the command %j', (value) => {
    expect(judgeManifest(changed(command, value)).warnings).toEqual([]);
  });
});

describe('a setting by its own name, as Scale has it in commands', () => {
  const settingsWith = (secret: boolean): object =>
    changed(`${settings}[0]`, { name: 'version', secret }) as object;

  it.each([
    [false, '$version', []],
    [true, '$version', ['SECRET_IN_COMMAND']],
    [false, 'sh -c "$version"', ['SHELL_EXPANSION']],
    [true, '$version $VERSION', ['SECRET_IN_COMMAND']],
  ])('(secret: %s) in %j', (secret, value, names) => {
    const { warnings } = judgeManifest(changed(command, value, settingsWith(secret)));
    expect(warnings.map(({ name }) => name)).toEqual(names);
  });
});

describe('normalisation', () => {
  it('gives resources their standard names', () => {
    const { manifest } = judgeManifest(changed(`${scalar}[2].name`, 'sharedmem'));
    expect(manifest?.job.resources.scalar[2]).toEqual({ name: 'sharedMem', value: 256, inputMultiplier: 0 });
  });

  it('keeps the last of errors with one exit code', () => {
    const { manifest } = judgeManifest(changed('job.errors[1].code', 1));
    expect(manifest?.job.errors).toEqual([{ code: 1, name: 'gave-up', category: 'job' }]);
  });

  it('does not touch the document', () => {
    const document: unknown = structuredClone(completeManifest);
    judgeManifest(document);
    expect(document).toEqual(completeManifest);
  });
});
