import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import type Docker from 'dockerode';
import { table } from './table.ts';

/** What figures depend on, as a table. */
export async function describeMachine(docker: Docker): Promise<string> {
  const info = (await docker.info()) as Record<string, unknown>;
  const version = await docker.version();
  const [first] = cpus();
  return table(
    ['machine', ''],
    [
      ['CPU', `${first?.model.trim() ?? 'unknown'}, ${cpus().length} cores`],
      ['memory', `${(totalmem() / 2 ** 30).toFixed(1)} GiB`],
      ['kernel', `${type()} ${release()}`],
      [
        'engine',
        `${version.Version}, ${String(info.Driver)}, cgroup v${String(info.CgroupVersion ?? '?')}, ${String(info.DefaultRuntime ?? '?')}`,
      ],
      ['storage', `${fileSystemOf(tmpdir())} (${tmpdir()})`],
      ['Node', process.versions.node],
      ['load before', loadavg()[0]!.toFixed(2)],
      ['measured', new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC'],
    ],
  );
}

/** Type and device of the file system that holds a directory, where /proc tells. */
function fileSystemOf(directory: string): string {
  try {
    const mounts = readFileSync('/proc/self/mounts', 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, target]) => `${directory}/`.startsWith(target === '/' ? '/' : `${target}/`))
      .sort(([, a], [, b]) => b!.length - a!.length);
    const [device, , kind] = mounts[0]!;
    return `${kind} on ${device}`;
  } catch {
    return 'unknown';
  }
}
