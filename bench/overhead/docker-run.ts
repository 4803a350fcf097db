import type { ContainerCreateOptions } from 'dockerode';
import { timeProgram } from '../support/child.ts';
import type { Lane } from '../support/lanes.ts';

/** The yardstick of the whole command: Docker's own, with the flags that say what `options` say. */
export function dockerRun(name: string, options: ContainerCreateOptions, signal: AbortSignal): Lane {
  const args = dockerRunArguments(options);
  return {
    name,
    run: async () => ({ total: (await timeProgram('docker', args, { signal })).ms, steps: [] }),
  };
}

/** Pure. */
export function dockerRunArguments(options: ContainerCreateOptions): string[] {
  const { HostConfig: host = {}, Env = [], Labels = {}, Cmd = [] } = options;
  const { Type, Config } = host.LogConfig!;
  const mounts = (host.Mounts ?? []).map(
    ({ Source, Target, ReadOnly }) =>
      `type=bind,source=${Source},target=${Target}${ReadOnly ? ',readonly' : ''}`,
  );
  const each = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value]);
  return [
    ...['run', '--rm', '--network', host.NetworkMode!],
    ...each('--env', Env as string[]),
    ...each(
      '--label',
      Object.entries(Labels).map(([label, value]) => `${label}=${value}`),
    ),
    ...each('--mount', mounts),
    ...['--log-driver', Type!],
    ...each(
      '--log-opt',
      Object.entries(Config as Record<string, string>).map(([option, value]) => `${option}=${value}`),
    ),
    ...each('--security-opt', host.SecurityOpt ?? []),
    ...each('--cap-drop', host.CapDrop as string[]),
    ...each('--cap-add', host.CapAdd as string[]),
    ...['--pids-limit', `${host.PidsLimit}`],
    ...['--memory', `${host.Memory}`, '--memory-swap', `${host.MemorySwap}`],
    ...['--cpus', `${host.NanoCpus! / 1e9}`],
    options.Image!,
    ...(Cmd as string[]),
  ];
}
