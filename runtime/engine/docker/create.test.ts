import { describe, expect, it } from '@jest/globals';
import type { LaunchSpec } from '../engine.ts';
import { createOptions } from './create.ts';
import { breaksEverything } from './mounts.ts';
import { containerName, executionLabels, keyFromLabels, label } from './names.ts';

const key = { installation: '01234567-89ab-cdef-0123-456789abcdef', execution: 7, attempt: 2 };
const spec: LaunchSpec = {
  image: 'image:1',
  environment: { A: 'b=c\nd' },
  staged: [{ source: '/a:b', target: '/in', mode: 'ro', name: 'IN' }],
  output: { target: '/out', directory: '/o' },
  limits: { cpus: 1.5, mem: 100, pids: 9 },
  network: 'none',
  labels: { mine: '1', [label.installation]: 'forged' },
};
const bind = { mode: 'bind', style: 'objects', locate: (source: string) => `/host${source}` } as const;

describe("the engine's request", () => {
  it('binds every path where the engine has it, and none for an archive', () => {
    expect(createOptions(spec, key, 'r', bind, 10).HostConfig?.Mounts).toEqual([
      { Type: 'bind', Source: '/host/a:b', Target: '/in', ReadOnly: true },
      { Type: 'bind', Source: '/host/o', Target: '/out', ReadOnly: false },
    ]);
    expect(createOptions(spec, key, 'r', { mode: 'archive' }, 10).HostConfig).not.toHaveProperty('Mounts');
  });

  it('mounts volumes either way', () => {
    const volume = {
      name: 'M',
      volume: 'v1',
      driver: 'local',
      options: {},
      target: '/v',
      mode: 'ro' as const,
    };
    const mounted = { Type: 'volume', Source: 'v1', Target: '/v', ReadOnly: true };
    const withVolume = { ...spec, volumes: [volume] };
    expect(createOptions(withVolume, key, 'r', bind, 10).HostConfig?.Mounts?.at(-1)).toEqual(mounted);
    expect(createOptions(withVolume, key, 'r', { mode: 'archive' }, 10).HostConfig?.Mounts).toEqual([
      mounted,
    ]);
  });

  it('keeps names out of the comma-separated values that Podman makes of mounts', () => {
    const staged = [{ source: '/a,ro=false,source=/etc', target: '/in', mode: 'ro' as const, name: 'IN' }];
    const style = { ...bind, style: 'comma-separated' } as const;
    expect(createOptions({ ...spec, staged }, key, 'r', style, 10).HostConfig).toMatchObject({
      Mounts: [{ Source: '/host/o' }],
      Binds: ['/host/a,ro=false,source=/etc:/in:ro'],
    });
    expect(breaksEverything({ source: '/a:b', target: '/in' })).toBe(false);
    expect(breaksEverything({ source: '/a:b', target: '/i,n' })).toBe(true);
  });

  it('carries labels that nobody can forge, and a name by which it is found', () => {
    const { Labels, name } = createOptions(spec, key, 'r', bind, 10);
    expect(Labels).toMatchObject({ mine: '1', 'scale-job-execution-id': '7', [label.runtime]: 'r' });
    expect(keyFromLabels(Labels!)).toEqual(key);
    expect(name).toBe(containerName(key));
  });

  it('leaves the command to the image where none is given', () => {
    expect(createOptions(spec, key, 'r', bind, 10)).not.toHaveProperty('Cmd');
    expect(createOptions({ ...spec, command: [] }, key, 'r', bind, 10).Cmd).toEqual([]);
  });

  it('asks for whole GPUs only where there are any to ask for', () => {
    expect(createOptions(spec, key, 'r', bind, 10).HostConfig).not.toHaveProperty('DeviceRequests');
    const withGpus = { ...spec, limits: { ...spec.limits, gpus: 2 } };
    expect(createOptions(withGpus, key, 'r', bind, 10).HostConfig?.DeviceRequests).toEqual([
      { Driver: '', Count: 2, Capabilities: [['gpu']] },
    ]);
  });

  it('bounds what the engine keeps of the log', () => {
    expect(createOptions(spec, key, 'r', bind, 0.5).HostConfig?.LogConfig).toEqual({
      Type: 'json-file',
      Config: { 'max-size': '1m', 'max-file': '3' },
    });
  });

  it.each([
    { [label.installation]: 'x' },
    { ...executionLabels(key, 'r'), [label.execution]: 'seven' },
    { [label.installation]: 'x', [label.role]: 'holder' },
  ])('is not taken for an execution with the labels %j', (labels) => {
    expect(keyFromLabels(labels)).toBeUndefined();
  });
});
