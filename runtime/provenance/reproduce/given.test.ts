import { expect, it } from '@jest/globals';
import { testManifest } from '../../../test/support/manifest.ts';
import type { JobDescription } from '../index.ts';
import { configuredGiven, describedGiven } from './given.ts';

const settings = [{ name: 'OWN' }, { name: 'TYPE' }, { name: 'NONE' }, { name: 'KEY', secret: true }];
const configured = {
  manifest: testManifest({ interface: { settings } }),
  type: { settings: { OWN: 'no', TYPE: 'yes' }, resources: { mem: 1 } },
  secretNames: [],
  resources: { mem: 300 },
};

it('is what the identity says, whatever the job type says by now', () => {
  const description = {
    ...{
      version: 1,
      image: 'a',
      manifest: '{}',
      command: 'x',
      network: 'net',
      json: {},
      mounts: {},
      inputs: {},
    },
    ...{ settings: { MODE: 'a,b=c' }, secrets: { KEY: '9' }, resources: { cpus: '0.25', mem: '300.0' } },
  } as JobDescription;
  expect(describedGiven(description)).toEqual({
    settings: { MODE: 'a,b=c' },
    secrets: ['KEY'],
    resources: { cpus: 0.25, mem: 300 },
    network: 'net',
    unsure: [],
  });
});

it('is what the configurations say where there is none, and what is not sure of it', () => {
  const job = { settings: { OWN: 'mine' } };
  expect(configuredGiven({ ...configured, job, secretNames: ['KEY'] })).toEqual({
    settings: { OWN: 'mine', TYPE: 'yes' },
    secrets: ['KEY'],
    resources: { mem: 300 },
    network: 'none',
    unsure: ['the setting TYPE is as its job type has it now, and may have been another one'],
  });
  const masked = { settings: { KEY: '******' }, network: 'net' };
  expect(configuredGiven({ ...configured, type: {}, job: masked })).toMatchObject({
    ...{ settings: {}, secrets: ['KEY'], network: 'net', unsure: [] },
  });
});
