import { describe, expect, it } from '@jest/globals';
import { factsFrom } from './capabilities.ts';
import { usageFrom } from './usage.ts';

const docker = {
  Version: '20.10.24',
  ApiVersion: '1.41',
  Components: [{ Name: 'Engine', Version: '20.10.24' }],
};
const podman = { Version: '4.3.1', Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] };

describe('what an engine can do', () => {
  it('is read from its own description', () => {
    const info = {
      ID: 'A:B',
      NCPU: 4,
      MemTotal: 1024 ** 3,
      Architecture: 'x86_64',
      Runtimes: { nvidia: {} },
    };
    expect(factsFrom(info, docker)).toEqual({
      id: 'A:B',
      architecture: 'x86_64',
      apiVersion: '1.41',
      isPodman: false,
      capabilities: {
        kind: 'docker',
        version: 'Docker 20.10.24',
        cpus: 4,
        mem: 1024,
        gpus: true,
        enforcesLimits: true,
      },
    });
    expect(factsFrom({ Name: 'host' }, podman)).toMatchObject({
      id: 'host',
      isPodman: true,
      capabilities: { kind: 'podman', version: 'Podman 4.3.1', gpus: false },
    });
  });

  it.each([
    [{ SecurityOptions: ['name=seccomp', 'name=rootless'], CgroupVersion: '1' }, /rootless on cgroup v1/],
    [{ Rootless: true, CgroupVersion: '1' }, /rootless on cgroup v1/],
    [{ MemoryLimit: false, PidsLimit: false }, /memory and processes$/],
    [{ CpuCfsQuota: false }, /CPU$/],
    [{ CgroupDriver: 'none' }, /no cgroups/],
  ])('does not include limits with %j', (info, problem) => {
    const { capabilities } = factsFrom(info, docker);
    expect(capabilities).toMatchObject({
      enforcesLimits: false,
      limitsProblem: expect.stringMatching(problem),
    });
  });

  it('includes limits for a rootless engine on cgroup v2', () => {
    const info = { SecurityOptions: ['name=rootless'], CgroupVersion: '2', MemoryLimit: true };
    expect(factsFrom(info, docker).capabilities).toMatchObject({ enforcesLimits: true });
  });
});

describe('the use of a container', () => {
  const sample = (inactive: Record<string, number>, before: object) =>
    ({
      memory_stats: { usage: 1000, stats: inactive },
      cpu_stats: { cpu_usage: { total_usage: 300 }, system_cpu_usage: 2000, online_cpus: 4 },
      precpu_stats: before,
    }) as never;
  const before = { cpu_usage: { total_usage: 100 }, system_cpu_usage: 1000 };

  it('is memory without the cache that could be given back, and cores', () => {
    expect(usageFrom(sample({ total_inactive_file: 400 }, before))).toEqual({
      memoryBytes: 600,
      cpus: 0.8,
      cpuSeconds: 3e-7,
    });
    expect(usageFrom(sample({ inactive_file: 100 }, before))).toMatchObject({ memoryBytes: 900 });
    expect(usageFrom(sample({ inactive_file: 5000 }, before))).toMatchObject({ memoryBytes: 1000 });
  });

  it('is unknown with the first sample, which has none before it', () => {
    expect(usageFrom(sample({}, { cpu_usage: { total_usage: 0 } }))).toBeUndefined();
  });
});
