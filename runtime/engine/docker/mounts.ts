import type { MountSettings } from 'dockerode';
import type { LaunchSpec } from '../engine.ts';

/** A path of the engine's machine, bound into a container. */
export interface Bind {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** How an engine takes the paths of a container. */
export type MountStyle =
  /** As objects, whatever the names. */
  | 'objects'
  /**
   * Podman (4.3 at least) makes a line of comma-separated values of each object, so a name could break it or add
   * options to it; such a one goes into the older list, `source:target:options`.
   */
  | 'comma-separated';

export function bindsOf(spec: LaunchSpec, locate: (source: string) => string): Bind[] {
  return [
    ...spec.staged.map(({ source, target, mode }) => ({
      source: locate(source),
      target,
      readOnly: mode === 'ro',
    })),
    { source: locate(spec.output.directory), target: spec.output.target, readOnly: false },
  ];
}

/** Whether a bind would not survive as comma-separated values. */
export function breaksCommaSeparation({ source, target }: Pick<Bind, 'source' | 'target'>): boolean {
  return /[",\r\n]/.test(source) || /[",\r\n]/.test(target);
}

/** Whether a bind would survive neither way. */
export function breaksEverything(bind: Pick<Bind, 'source' | 'target'>): boolean {
  return breaksCommaSeparation(bind) && (bind.source.includes(':') || bind.target.includes(':'));
}

/** The part of a container's HostConfig. Pure. */
export function mountOptions(
  binds: readonly Bind[],
  style: MountStyle,
): { Mounts: MountSettings[]; Binds?: string[] } {
  const inList = style === 'comma-separated' ? binds.filter(breaksCommaSeparation) : [];
  const Mounts = binds
    .filter((bind) => !inList.includes(bind))
    .map(({ source, target, readOnly }) => ({
      Type: 'bind' as const,
      Source: source,
      Target: target,
      ReadOnly: readOnly,
    }));
  if (inList.length === 0) return { Mounts };
  return {
    Mounts,
    Binds: inList.map((bind) => `${bind.source}:${bind.target}:${bind.readOnly ? 'ro' : 'rw'}`),
  };
}
