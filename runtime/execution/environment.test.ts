import { describe, expect, it } from '@jest/globals';
import { buildEnvironment, type EnvironmentRequest } from './environment.ts';

const file = (name: string, multiple = false) => ({
  name,
  multiple,
  required: false,
  partial: false,
  mediaTypes: [],
});

function request(changes: Partial<EnvironmentRequest> = {}): EnvironmentRequest {
  return {
    interface: { inputs: { files: [], json: [] }, settings: [] },
    files: new Map(),
    json: new Map(),
    settings: new Map(),
    allocated: { cpus: 1, mem: 64, disk: 0.5 },
    identity: { jobId: 7, exeNum: 2 },
    ...changes,
  };
}

describe('buildEnvironment', () => {
  it('injects what every job is told', () => {
    expect(buildEnvironment(request()).variables).toEqual({
      ALLOCATED_CPUS: '1.0',
      ALLOCATED_MEM: '64.0',
      ALLOCATED_DISK: '0.5',
      OUTPUT_DIR: '/scale/output_data',
      INPUT_METADATA: '/scale/input_data/scale-input-metadata.json',
      SCALE_JOB_ID: '7',
      SCALE_EXE_NUM: '2',
    });
  });

  it('injects recipe and batch where there are some, and every resource', () => {
    const { variables } = buildEnvironment(
      request({
        identity: { jobId: 7, exeNum: 2, recipeId: 3, batchId: 4 },
        allocated: { cpus: 1, mem: 64, disk: 0, sharedMem: 32, 'my-lic': 2 },
      }),
    );
    expect(variables).toMatchObject({
      SCALE_RECIPE_ID: '3',
      SCALE_BATCH_ID: '4',
      ALLOCATED_SHAREDMEM: '32.0',
      ALLOCATED_MY_LIC: '2.0',
    });
  });

  it('gives files their path, several their directory, and leaves the absent unset', () => {
    const inputs = {
      files: [
        file('in-put'),
        file('Many', true),
        file('ONE_OF_MANY', true),
        file('ABSENT'),
        file('NONE', true),
      ],
      json: [],
    };
    const files = new Map([
      ['in-put', ["a 'b'\n, ü:.png"]],
      ['Many', ['a', 'b']],
      ['ONE_OF_MANY', ['a']],
      ['NONE', []],
    ]);
    const { variables } = buildEnvironment(request({ interface: { inputs, settings: [] }, files }));
    expect(variables).toMatchObject({
      IN_PUT: "/scale/input_data/in-put/a 'b'\n, ü:.png",
      MANY: '/scale/input_data/Many',
      ONE_OF_MANY: '/scale/input_data/ONE_OF_MANY',
    });
    expect(variables).not.toHaveProperty('ABSENT');
    expect(variables).not.toHaveProperty('NONE');
  });

  it('says what may be cut at blanks when a command expands it: settings and JSON that is no array or object', () => {
    const json = (name: string, type: 'string' | 'array') => ({ name, type, required: true });
    const { variables, expandable } = buildEnvironment(
      request({
        interface: {
          inputs: { files: [file('F')], json: [json('S', 'string'), json('A', 'array')] },
          settings: [{ name: 'db-host', secret: false }],
        },
        files: new Map([['F', ['x y']]]),
        json: new Map([
          ['S', 'a b'],
          ['A', '["a b"]'],
        ]),
        settings: new Map([['db-host', 'h']]),
      }),
    );
    const splittable = Object.fromEntries(
      [...expandable].map(([name, { splittable }]) => [name, splittable]),
    );
    expect(splittable).toMatchObject({
      F: false,
      S: true,
      A: false,
      DB_HOST: true,
      OUTPUT_DIR: false,
      INPUT_METADATA: false,
    });
    expect(variables).toMatchObject({ S: 'a b', A: '["a b"]', DB_HOST: 'h' });
    expect(variables).not.toHaveProperty('db-host');
    expect(expandable.get('db-host')).toEqual({ value: 'h', splittable: true });
  });

  it('lets the platform win where names collide', () => {
    const settings = ['output-dir', 'INPUT_METADATA', 'ALLOCATED_CPUS', 'SCALE_JOB_ID'].map((name) => ({
      name,
      secret: false,
    }));
    const { variables } = buildEnvironment(
      request({
        interface: { inputs: { files: [], json: [] }, settings },
        settings: new Map(settings.map(({ name }) => [name, 'mine'])),
      }),
    );
    expect(Object.values(variables)).not.toContain('mine');
  });

  it('tells the values of secret settings, but for empty ones', () => {
    const settings = [
      { name: 'KEY', secret: true },
      { name: 'EMPTY', secret: true },
      { name: 'MODE', secret: false },
    ];
    const values = new Map([
      ['KEY', 's3cret'],
      ['EMPTY', ''],
      ['MODE', 'fast'],
    ]);
    const { secrets, variables } = buildEnvironment(
      request({ interface: { inputs: { files: [], json: [] }, settings }, settings: values }),
    );
    expect([...secrets]).toEqual(['s3cret']);
    expect(variables).toMatchObject({ KEY: 's3cret', EMPTY: '', MODE: 'fast' });
  });
});
