import { describe, expect, it } from '@jest/globals';
import { testManifest } from '../../test/support/manifest.ts';
import { outerInterface } from './for-each.ts';
import { jobInterface, knownJobType } from './job-interface.ts';

const { job } = testManifest({
  timeout: 30,
  interface: {
    inputs: {
      files: [
        { name: 'image-1', mediaTypes: ['image/png'], partial: true },
        { name: 'MORE', multiple: true, required: false },
      ],
      json: [{ name: 'N', type: 'integer', required: false }],
    },
    outputs: {
      files: [
        { name: 'OUT', pattern: '*.png', mediaType: 'image/png' },
        { name: 'REST', pattern: '*', multiple: true, required: false },
      ],
      json: [{ name: 'COUNT', key: 'count', type: 'integer' }],
    },
    settings: [{ name: 'DB_PASS', secret: true }],
  },
  resources: { scalar: [{ name: 'licences', value: 1 }] },
});

describe('the interface of a job node', () => {
  it('is that of the manifest, under the same names', () => {
    expect(jobInterface(job.interface)).toEqual({
      input: {
        files: [
          { name: 'image-1', media_types: ['image/png'], required: true, multiple: false },
          { name: 'MORE', media_types: [], required: false, multiple: true },
        ],
        json: [{ name: 'N', type: 'integer', required: false }],
      },
      output: {
        files: [
          { name: 'OUT', media_types: ['image/png'], required: true, multiple: false },
          { name: 'REST', media_types: [], required: false, multiple: true },
        ],
        json: [{ name: 'COUNT', type: 'integer', required: true }],
      },
    });
  });

  it('comes with what configurations are judged by', () => {
    expect(knownJobType(job)).toMatchObject({
      ...jobInterface(job.interface),
      timeout: 30,
      settings: [{ name: 'DB_PASS', secret: true }],
      resources: ['licences'],
    });
  });
});

describe('the interface of a node with forEach', () => {
  const own = jobInterface(job.interface);
  const node_type = {
    node_type: 'job',
    job_type_name: 'a',
    job_type_version: '1',
    job_type_revision: 1,
  } as const;

  it('takes many of one input, and gives many of each output', () => {
    const outer = outerInterface({ node_type, forEach: { input: 'image-1', require: 'all' } }, own);
    expect(outer.input.files.map(({ name, multiple }) => [name, multiple])).toEqual([
      ['image-1', true],
      ['MORE', true],
    ]);
    expect(outer.input.json).toEqual(own.input.json);
    expect(outer.output.files.map(({ name, multiple }) => [name, multiple])).toEqual([
      ['OUT', true],
      ['REST', true],
    ]);
    expect(outer.output.json).toEqual([{ name: 'COUNT', type: 'array', required: true }]);
  });

  it('takes an array for a JSON input', () => {
    const outer = outerInterface({ node_type, forEach: { input: 'N', require: 'all' } }, own);
    expect(outer.input.json).toEqual([{ name: 'N', type: 'array', required: false }]);
    expect(outer.input.files).toEqual(own.input.files);
  });

  it('is many of that input only where a condition passes on what it accepts', () => {
    const input = {
      files: [{ name: 'IN', media_types: [], required: false, multiple: false }],
      json: [{ name: 'N', type: 'integer', required: true } as const],
    };
    const passed = { ...input, files: input.files.map((file) => ({ ...file, required: true })) };
    const condition = {
      node_type: 'condition',
      interface: input,
      data_filter: { filters: [], all: true },
    } as const;
    expect(
      outerInterface(
        { node_type: condition, forEach: { input: 'IN', require: 'all' } },
        { input, output: passed },
      ),
    ).toEqual({
      input: { ...input, files: [{ ...input.files[0], multiple: true }] },
      output: { ...input, files: [{ ...input.files[0], required: true, multiple: true }] },
    });
  });
});
