import { describe, expect, it } from '@jest/globals';
import {
  jobConfigurationValidator,
  jobInputValidator,
  jobTypeConfigurationValidator,
  type Validator,
} from '../index.ts';

const whole = {
  version: '7',
  mounts: {
    REFERENCE: { type: 'host', host_path: '/data/reference' },
    CACHE: { type: 'volume', driver: 'local', driver_opts: { type: 'tmpfs' } },
    SCRATCH: { type: 'volume' },
  },
  output_workspaces: { default: 'products', outputs: { OUT: 'other' } },
  priority: 1,
  settings: { DB_HOST: 'db', DB_PASS: null },
  retry: { max_tries: 5, errors: ['*'], memory_factor: 1.5 },
  resources: { cpus: 0.5, mem: 512, disk: 0, sharedMem: 64, gpus: 1, licences: 2 },
};

const words = (validator: Validator<unknown>, document: unknown) =>
  validator.problems(document).map(({ description }) => description);

describe.each([
  ['a job type', jobTypeConfigurationValidator],
  ['a job', jobConfigurationValidator],
])('the configuration of %s', (_, validator) => {
  it.each([[{}], [whole], [{ version: '6', output_workspaces: { default: '', outputs: {} } }]])(
    'takes %j',
    (document) => {
      expect(words(validator, document)).toEqual([]);
      expect(validator.accepts(document)).toBe(true);
    },
  );

  it.each([
    [[], 'the configuration must be an object, not []'],
    [{ version: '1.0' }, 'version must be "6", "7" or "2.0", not "1.0"'],
    [{ mount: {} }, '`mount` is not a member of the configuration; did you mean `mounts`?'],
    [{ mounts: { A: { type: 'nfs' } } }, 'mounts.A.type must be "host" or "volume", not "nfs"'],
    [
      { mounts: { A: { type: 'host' } } },
      'mounts.A.host_path is missing; it must be an absolute path of the host',
    ],
    [
      { mounts: { A: { type: 'host', host_path: '/a', driver: 'b' } } },
      '`driver` is not a member of mounts.A; its members are type, host_path',
    ],
    [
      { mounts: { A: { type: 'volume', driver_opts: { o: 1 } } } },
      'mounts.A.driver_opts.o must be a string, not 1',
    ],
    [{ priority: 0 }, 'priority must be a whole number, 1 or more, not 0'],
    [{ settings: { A: 1 } }, 'settings.A must be a text, or null for no value, not 1'],
    [{ retry: { max_tries: 0 } }, 'retry.max_tries must be a whole number from 1 to 100, not 0'],
    [{ retry: { memory_factor: 1 } }, 'retry.memory_factor must be a number above 1, up to 16, not 1'],
    [
      { retry: { errors: 'timeout' } },
      'retry.errors must be an array of names of errors, or ["*"], not "timeout"',
    ],
    [{ resources: { mem: -1 } }, 'resources.mem must be at least 0, not -1'],
    [{ resources: { gpus: 0.5 } }, 'resources.gpus must be a whole number, not 0.5'],
    [{ resources: { licences: '2' } }, 'resources.licences must be a number, 0 or more, not "2"'],
  ])('refuses %j in words', (document, problem) => {
    expect(words(validator, document)).toEqual([problem]);
  });
});

describe('the input of a job', () => {
  it.each([[{}], [{ version: '7', files: { IN: [1, 2], NONE: [] }, json: { N: null, S: 'x' } }]])(
    'takes %j',
    (document) => {
      expect(words(jobInputValidator, document)).toEqual([]);
    },
  );

  it.each([
    [null, 'the input must be an object, not null'],
    [{ files: { IN: 7 } }, 'files.IN must be an array of ids of files, not 7'],
    [{ files: { IN: ['7'] } }, 'files.IN[0] must be the id of a file, not "7"'],
    [{ file: {} }, '`file` is not a member of the input; did you mean `files`?'],
    [{ json: [] }, 'json must be an object of values by input, not []'],
  ])('refuses %j in words', (document, problem) => {
    expect(words(jobInputValidator, document)).toEqual([problem]);
  });
});
