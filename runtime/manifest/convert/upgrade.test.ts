import { describe, expect, it } from '@jest/globals';
import { isOlderManifest, upgradeManifest } from './upgrade.ts';

/** Upgraded, parsed. */
function upgraded(document: object): { document: unknown; notes: readonly string[] } {
  const { result, notes } = upgradeManifest(JSON.stringify(document), 'x');
  return { document: JSON.parse(result), notes };
}

const maintainer = { name: 'n', email: 'e@x' };
const versions = { jobVersion: '1.0.0', packageVersion: '1.0.0' };
const least = { name: 'a', ...versions, title: 't', description: 'd', maintainer, timeout: 1 };

describe('isOlderManifest', () => {
  it.each([
    [{ seedVersion: '0.1.0' }, true],
    [{ manifestVersion: '0.0.3' }, true],
    [{ seedVersion: '1.0.0' }, false],
    [{}, false],
    [null, false],
  ])('%p: %p', (document, older) => {
    expect(isOlderManifest(document)).toBe(older);
  });
});

describe('upgradeManifest', () => {
  it('turns 0.1.0 into 1.0.0', () => {
    const { document, notes } = upgraded({
      seedVersion: '0.1.0',
      job: {
        ...least,
        name: 'my_job',
        interface: {
          command: '${IN} ${OUTPUT_DIR}',
          outputs: {
            files: [
              { name: 'one', mediaType: 'a/b', pattern: '1', count: '1' },
              { name: 'two', mediaType: 'a/b', pattern: '2', count: '2', required: false },
              { name: 'any', mediaType: 'a/b', pattern: '3', count: '*' },
            ],
          },
        },
        resources: { scalar: [{ name: 'cpu', value: 1 }] },
        errors: [
          { code: 1, title: 'Bad image!', category: 'system' },
          { code: 2, title: 'Bad image?', category: 'data' },
          { code: 3, title: '…', category: 'job' },
        ],
      },
    });
    expect(document).toEqual({
      seedVersion: '1.0.0',
      job: {
        ...least,
        name: 'my-job',
        interface: {
          command: '${IN} ${OUTPUT_DIR}',
          outputs: {
            files: [
              { name: 'one', mediaType: 'a/b', pattern: '1' },
              { name: 'two', mediaType: 'a/b', pattern: '2', multiple: true, required: false },
              { name: 'any', mediaType: 'a/b', pattern: '3', multiple: true },
            ],
          },
        },
        resources: { scalar: [{ name: 'cpus', value: 1 }] },
        errors: [
          { code: 1, name: 'bad-image', title: 'Bad image!', category: 'job' },
          { code: 2, name: 'bad-image-2', title: 'Bad image?', category: 'data' },
          { code: 3, name: 'error-3', title: '…', category: 'job' },
        ],
      },
    });
    expect(notes).toEqual([
      expect.stringContaining('the resource cpu has become cpus'),
      expect.stringContaining('job.name my_job has become my-job'),
      expect.stringContaining('outputs.files[1].count 2 has become "multiple": true'),
      expect.stringContaining('metadata sidecars are GeoJSON'),
      expect.stringContaining('errors[0].category system has become job'),
    ]);
  });

  it('knows the spellings of the versions before', () => {
    const { document, notes } = upgraded({
      manifestVersion: '0.0.3',
      job: {
        name: 'a',
        algorithmVersion: '1.0.0',
        packageVersion: '1.0.0',
        title: 't',
        description: 'd',
        tag: ['x'],
        authorName: 'n',
        authorEmail: 'e@x',
        timeout: 1,
        cpus: 1.5,
        mem: 64,
        storage: 2,
        interface: {
          cmd: 'run.sh',
          args: '${IN} $JOB_OUTPUT_DIR ${JOB_OUTPUT_DIRECTORY}',
          inputData: { files: [{ name: 'IN', mediaType: ['a/b'] }] },
          envVars: [{ name: 'LANG', value: 'C' }],
        },
        errorMapping: [{ code: 1, title: 'Slow', category: 'algorithm' }],
      },
    });
    expect(document).toEqual({
      seedVersion: '1.0.0',
      job: {
        ...least,
        tags: ['x'],
        resources: {
          scalar: [
            { name: 'cpus', value: 1.5 },
            { name: 'mem', value: 64 },
            { name: 'disk', value: 2 },
          ],
        },
        interface: {
          command: 'run.sh ${IN} $OUTPUT_DIR ${JOB_OUTPUT_DIRECTORY}',
          inputs: { files: [{ name: 'IN', mediaTypes: ['a/b'] }] },
        },
        errors: [{ code: 1, name: 'slow', title: 'Slow', category: 'job' }],
      },
    });
    expect(notes).toEqual([
      expect.stringContaining('JOB_OUTPUT_DIR is called OUTPUT_DIR'),
      expect.stringContaining('{"name":"LANG","value":"C"} is left out; write it as ENV'),
    ]);
  });

  it('knows the lists of 0.0.1', () => {
    const { document } = upgraded({
      manifestVersion: '0.0.1',
      jobs: [
        {
          ...least,
          interface: {
            inputData: [
              { name: 'IN', type: 'file', required: true, content: { mediaType: ['a/b'] } },
              { name: 'N', type: 'json', content: { type: 'integer' } },
            ],
            outputData: [
              { name: 'OUT', type: 'file', content: { mediaType: 'a/b', pattern: '*', count: '*' } },
            ],
          },
        },
      ],
    });
    expect(document).toMatchObject({
      job: {
        interface: {
          inputs: {
            files: [{ name: 'IN', required: true, mediaTypes: ['a/b'] }],
            json: [{ name: 'N', type: 'integer' }],
          },
          outputs: { files: [{ name: 'OUT', mediaType: 'a/b', pattern: '*', multiple: true }], json: [] },
        },
      },
    });
  });

  it('keeps the order of members and the spelling of numbers', () => {
    const job = JSON.stringify(least).slice(1, -1);
    const text = `{"job": {"resources": {"scalar": [{"value": 1.0, "name": "mem"}, {"name": "b", "value": 1E+2}]}, ${job.replace(
      '"timeout":1',
      '"timeout":123456789012345678901, "tags": ["1.0", "\\"2.0"]',
    )}}, "seedVersion": "0.1.0"}`;
    const { result } = upgradeManifest(text, 'x');
    expect(result).toBe(
      `${JSON.stringify(JSON.parse(text), null, 2)}\n`
        .replace('"value": 1,', '"value": 1.0,')
        .replace('"value": 100', '"value": 1E+2')
        .replace('"timeout": 123456789012345680000', '"timeout": 123456789012345678901')
        .replace('0.1.0', '1.0.0'),
    );
  });

  it('drops nothing: what 1.0.0 does not know is an error with all that is wrong', () => {
    expect(() =>
      upgraded({ seedVersion: '0.1.0', job: { ...least, tag: [], tags: [], errors: [{ code: 'x' }] } }),
    ).toThrow(/`tag` is not a member of job.*errors\[0\]\.code must be an exit code/s);
  });
});
