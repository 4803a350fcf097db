import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { makeAjv } from './ajv.ts';
import {
  batchRowSchema,
  batchSchema,
  builtSchema,
  datasetDefinitionSchema,
  datasetMembersPostSchema,
  datasetPostSchema,
  datasetToJudgeSchema,
  diagnosticPostSchema,
  doctorSchema,
  filesPageSchema,
  filesPageValidator,
  forcedNodesSchema,
  geometrySchema,
  imagesSchema,
  importResultSchema,
  ingestResultSchema,
  intakeFileSchema,
  intakeTaskSchema,
  jobConfigurationSchema,
  jobInputSchema,
  jobCancelSchema,
  jobPostSchema,
  recipePostSchema,
  jobRequeueSchema,
  jobTypePatchSchema,
  jobTypePostSchema,
  jobTypeValidationSchema,
  nodePatchSchema,
  recipeDiagnosticPostSchema,
  recipeTypePatchSchema,
  recipeTypePostSchema,
  recipeTypeValidationSchema,
  reprocessPostSchema,
  schedulePatchSchema,
  schedulePostSchema,
  schedulerPatchSchema,
  scanConfigurationSchema,
  scanPatchSchema,
  scanPostSchema,
  scanProcessSchema,
  strikeConfigurationSchema,
  strikePatchSchema,
  strikePostSchema,
  linkPostSchema,
  nfsWorkspaceSchema,
  s3WorkspaceSchema,
  workspaceConfigurationSchema,
  workspacePatchSchema,
  workspacePostSchema,
  webhookPatchSchema,
  webhookPostSchema,
  jobTypeConfigurationSchema,
  manifestSchema,
  metadataSchema,
  outputsSchema,
  planSchema,
  planValidator,
  publishedSchema,
  recipeDataSchema,
  recipeDefinitionSchema,
  resultSchema,
  resultValidator,
  validationSchema,
  validationValidator,
  type DeclaredJson,
  type FileDocument,
  type ResultDocument,
} from './index.ts';

const schemas = [
  batchRowSchema,
  batchSchema,
  builtSchema,
  datasetDefinitionSchema,
  datasetMembersPostSchema,
  datasetPostSchema,
  datasetToJudgeSchema,
  diagnosticPostSchema,
  doctorSchema,
  filesPageSchema,
  forcedNodesSchema,
  geometrySchema,
  imagesSchema,
  importResultSchema,
  ingestResultSchema,
  intakeFileSchema,
  intakeTaskSchema,
  jobConfigurationSchema,
  jobInputSchema,
  jobCancelSchema,
  jobPostSchema,
  recipePostSchema,
  jobRequeueSchema,
  jobTypePatchSchema,
  jobTypePostSchema,
  jobTypeValidationSchema,
  nodePatchSchema,
  recipeDiagnosticPostSchema,
  recipeTypePatchSchema,
  recipeTypePostSchema,
  recipeTypeValidationSchema,
  reprocessPostSchema,
  schedulePatchSchema,
  schedulePostSchema,
  schedulerPatchSchema,
  scanConfigurationSchema,
  scanPatchSchema,
  scanPostSchema,
  scanProcessSchema,
  strikeConfigurationSchema,
  strikePatchSchema,
  strikePostSchema,
  linkPostSchema,
  nfsWorkspaceSchema,
  s3WorkspaceSchema,
  workspaceConfigurationSchema,
  workspacePatchSchema,
  workspacePostSchema,
  webhookPatchSchema,
  webhookPostSchema,
  jobTypeConfigurationSchema,
  manifestSchema,
  metadataSchema,
  planSchema,
  publishedSchema,
  recipeDataSchema,
  recipeDefinitionSchema,
  resultSchema,
  validationSchema,
];

const file: FileDocument = {
  id: 7,
  file_name: 'a "b".png',
  path: '/tmp/out/a "b".png',
  file_size: 12,
  sha256: 'a'.repeat(64),
  media_type: 'image/png',
  geometry: { type: 'Point', coordinates: [1, 2] },
  data_started: '2019-10-14T00:00:00Z',
  data_ended: null,
  meta_data: { any: ['thing'] },
};

const result: ResultDocument = {
  status: 'completed',
  exit_code: 0,
  error: null,
  image: 'my-job-1.0.0-seed:1.0.0',
  resources: { cpus: 1, mem: 64.5 },
  inputs: { files: { IN: [file] }, json: { N: 5 } },
  outputs: { files: { OUT: [{ ...file, geometry: null }] }, json: { cell_count: 256, list: [null] } },
  logs: { stdout: '/logs/stdout', stderr: '/logs/stderr' },
  warnings: [{ name: 'MISSING_RESOURCE', description: 'disk' }],
  started: '2019-10-14T00:00:00.123Z',
  ended: '2019-10-14T00:00:01.123456Z',
  steps: [{ name: 'launch', ms: 1.5 }],
};

describe('every schema', () => {
  it.each(schemas.map((schema) => [schema.$id, schema] as const))(
    '%s is one of draft-07, titled and described',
    (id, schema) => {
      expect(id).toMatch(/^urn:seedbed:[a-z-]+$/);
      expect(schema).toMatchObject({ title: expect.any(String), description: expect.any(String) });
      expect(new Ajv().validateSchema(schema)).toBe(true);
    },
  );
});

describe('the result document', () => {
  it.each([
    ['a completed job', result],
    [
      'a rejection',
      {
        ...result,
        status: 'rejected',
        exit_code: null,
        image: null,
        resources: {},
        inputs: { files: {}, json: {} },
        outputs: { files: {}, json: {} },
        logs: { stdout: null, stderr: null },
        error: { name: 'invalid-usage', title: 'x', category: 'data', message: 'x.', code: 'SB1001' },
      },
    ],
  ])('may be %s', (_, document) => {
    expect(resultValidator.problems(document)).toEqual([]);
  });

  it.each([
    [
      'status',
      { ...result, status: 'done' },
      'status must be "completed", "failed" or "rejected", not "done"',
    ],
    ['ended', { ...result, ended: '2019-10-14' }, 'ended must be a date-time, not "2019-10-14"'],
    ['extra', { ...result, extra: 1 }, '`extra` is not a member of the result'],
    [
      'error.code',
      { ...result, error: { name: 'a', title: 'b', category: 'job', message: 'c', code: '1' } },
      'error.code',
    ],
    [
      'outputs.files["a b"]',
      { ...result, outputs: { files: { 'a b': file }, json: {} } },
      'must be an array',
    ],
    [
      'inputs.files.IN[0].geometry.coordinates',
      {
        ...result,
        inputs: { files: { IN: [{ ...file, geometry: { type: 'Point', coordinates: [1] } }] }, json: {} },
      },
      'a position',
    ],
    [
      'inputs.files.IN[0].sha256',
      { ...result, inputs: { files: { IN: [{ ...file, sha256: 'A' }] }, json: {} } },
      '64 hexadecimal digits',
    ],
  ])('may not break %s', (path, document, words) => {
    expect(resultValidator.problems(document)).toEqual([
      expect.objectContaining({ path, description: expect.stringContaining(words) }),
    ]);
  });
});

describe('the other documents', () => {
  const plan = {
    status: 'planned',
    image: 'a:1',
    argv: null,
    environment: { DB_PASS: '******' },
    mounts: [{ source: '/a:b', target: '/scale/input_data/IN/a:b', mode: 'ro', name: 'IN' }],
    limits: { cpus: 0.25, mem: 128, sharedMem: null, pids: 4096, gpus: null },
    resources: { cpus: 0.25 },
    network: 'none',
    timeout: 30,
    output_directory: '/out',
    warnings: [],
  };

  it('a plan', () => {
    expect(planValidator.accepts(plan)).toBe(true);
    expect(planValidator.problems({ ...plan, argv: [1] }).map(({ path }) => path)).toEqual(['argv[0]']);
  });

  it('a page of files', () => {
    expect(filesPageValidator.accepts({ count: 1, next: null, results: [file] })).toBe(true);
    expect(filesPageValidator.accepts({ count: 1, next: null, results: [{ ...file, uuid: '' }] })).toBe(
      false,
    );
  });

  it('a validation', () => {
    expect(validationValidator.accepts({ is_valid: true, errors: [], warnings: [] })).toBe(true);
    expect(validationValidator.accepts({ is_valid: true, errors: [{ name: 'A' }], warnings: [] })).toBe(
      false,
    );
  });
});

describe('seed.outputs.json', () => {
  const declared: DeclaredJson[] = [
    { name: 'cell_count', key: 'cellCount', type: 'integer' },
    { name: 'ratio', type: 'number', required: false },
    { name: 'toString', type: 'object', required: false },
  ];
  const validate = makeAjv(true).compile(outputsSchema(declared));

  it.each([
    ['{"cellCount": 5, "other": "ignored"}', true],
    ['{"cellCount": 5.0, "ratio": 1, "toString": {}}', true],
    ['{"cellcount": 5}', false],
    ['{"cell_count": 5}', false],
    ['{"cellCount": "5", "ratio": true}', false],
    ['{"cellCount": 1.5, "toString": null}', false],
    ['[1]', false],
    ['null', false],
  ])('%s', (text, valid) => {
    expect(validate(JSON.parse(text))).toBe(valid);
  });
});
