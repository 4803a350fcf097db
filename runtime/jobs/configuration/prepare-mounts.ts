import { SeedbedError } from '../../errors/index.ts';
import { type HostPaths, judgeHostPath } from './host-path.ts';
import type { ResolvedMount } from './resolve.ts';
import { judgeVolume, volumeName } from './volume.ts';

/** The mounts of an execution as an engine takes them. */
export interface PreparedMounts {
  /** Paths of this machine, without links. */
  readonly staged: readonly {
    readonly name: string;
    readonly source: string;
    readonly target: string;
    readonly mode: 'ro' | 'rw';
  }[];
  /** Volumes of the engine. */
  readonly volumes: readonly {
    readonly name: string;
    /** The volume's own name. */
    readonly volume: string;
    readonly driver: string;
    readonly options: Readonly<Record<string, string>>;
    readonly target: string;
    readonly mode: 'ro' | 'rw';
  }[];
}

/**
 * Judges the mounts once more, right before a launch: since they were configured, links or the roots may have changed.
 * @param owner whose volumes they are
 * @throws mount-not-found with the reason
 */
export async function prepareMounts(
  mounts: readonly ResolvedMount[],
  paths: HostPaths,
  owner: { readonly installation: string; readonly jobTypeId: number },
): Promise<PreparedMounts> {
  const staged: PreparedMounts['staged'][number][] = [];
  const volumes: PreparedMounts['volumes'][number][] = [];
  for (const { name, path: target, mode, mount } of mounts) {
    if (mount.type === 'host') {
      const judged = await judgeHostPath(mount.host_path, paths);
      if ('problem' in judged)
        throw new SeedbedError('mount-not-found', {
          name,
          path: mount.host_path,
          reason: `it ${judged.problem}`,
        });
      staged.push({ name, source: judged.real, target, mode });
      continue;
    }
    const volume = volumeName(owner.installation, owner.jobTypeId, name, mount);
    const problem = await judgeVolume(mount, paths);
    if (problem)
      throw new SeedbedError('mount-not-found', {
        name,
        path: `the volume ${volume}`,
        reason: `it ${problem}`,
      });
    volumes.push({
      name,
      volume,
      driver: mount.driver || 'local',
      options: mount.driver_opts ?? {},
      target,
      mode,
    });
  }
  return { staged, volumes };
}
