import { describe, expect, it } from '@jest/globals';
import { imageIdentity } from './image-identity.ts';

const layers = ['sha256:1', 'sha256:2'];
const config = { Env: ['A=1', 'B=2'], Cmd: ['run'], Labels: { x: '1', y: '' }, Volumes: { '/data': {} } };
const identity = imageIdentity({ layers, config });

describe('an image is the same', () => {
  it.each([
    [
      'in whatever order its members are told',
      { Volumes: { '/data': {} }, Labels: { y: '', x: '1' }, Cmd: ['run'], Env: config.Env },
    ],
    [
      'with what is empty told or not',
      { ...config, User: '', Entrypoint: null, ExposedPorts: {}, OnBuild: [] },
    ],
    ['with the directory that is meant anyway', { ...config, WorkingDir: '/' }],
    [
      'with what an engine adds',
      { ...config, Hostname: 'abc', Image: 'sha256:7', ArgsEscaped: true, Tty: false },
    ],
  ])('%s', (_, other) => {
    expect(imageIdentity({ layers, config: other })).toBe(identity);
  });
});

describe('an image is another one', () => {
  it.each([
    ['layers', { layers: ['sha256:2', 'sha256:1'], config }],
    ['order of variables', { layers, config: { ...config, Env: ['B=2', 'A=1'] } }],
    ['command', { layers, config: { ...config, Cmd: ['run', ''] } }],
    ['labels', { layers, config: { ...config, Labels: { x: '1' } } }],
    ['user', { layers, config: { ...config, User: 'root' } }],
  ])('with other %s', (_, other) => {
    expect(imageIdentity(other)).not.toBe(identity);
    expect(imageIdentity(other)).toMatch(/^[0-9a-f]{64}$/);
  });
});
