import type { EngineCapabilities } from '../engine.ts';
import type { Client } from './client.ts';

/** What one /info and one /version say. */
export interface EngineFacts {
  readonly capabilities: EngineCapabilities;
  /** The engine's own id, by which caches know it. */
  readonly id: string;
  readonly isPodman: boolean;
  /** As `uname -m`. */
  readonly architecture: string;
  /** Of Docker's API, e.g. `1.41`. */
  readonly apiVersion: string;
}

interface Info {
  readonly ID?: string;
  readonly Name?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly Architecture?: string;
  readonly MemoryLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly CPUCfsQuota?: boolean;
  readonly PidsLimit?: boolean;
  readonly CgroupVersion?: string;
  readonly CgroupDriver?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly Rootless?: boolean;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
  readonly CDISpecDirs?: readonly string[] | null;
  readonly DockerRootDir?: string;
  readonly SystemTime?: string;
}

interface Version {
  readonly Version?: string;
  readonly ApiVersion?: string;
  readonly Components?: readonly { readonly Name?: string; readonly Version?: string }[];
}

export async function readFacts(client: Client): Promise<EngineFacts> {
  const asked = Date.now();
  const [{ info, answered }, version] = await client.call('describe itself', () =>
    Promise.all([
      (client.docker.info() as Promise<Info>).then((said) => ({ info: said, answered: Date.now() })),
      client.docker.version() as Promise<Version>,
    ]),
  );
  const facts = factsFrom(info, version);
  const socket = /^unix:\/\/(.+)/.exec(client.where)?.[1];
  const reached = {
    where: client.where,
    ...(socket !== undefined && { socket }),
    ...(info.SystemTime && { clock: { time: info.SystemTime, asked, answered } }),
  };
  return { ...facts, capabilities: { ...facts.capabilities, ...reached } };
}

/** Pure. */
export function factsFrom(info: Info, version: Version): EngineFacts {
  const podman = version.Components?.find(({ Name }) => Name === 'Podman Engine');
  const problem = limitsProblem(info);
  const kind = podman ? 'podman' : 'docker';
  return {
    isPodman: podman !== undefined,
    id: info.ID || info.Name || kind,
    architecture: info.Architecture ?? '',
    apiVersion: version.ApiVersion ?? '',
    capabilities: {
      kind,
      version: podman ? `Podman ${podman.Version ?? version.Version}` : `Docker ${version.Version}`,
      cpus: info.NCPU ?? 0,
      mem: Math.floor((info.MemTotal ?? 0) / (1024 * 1024)),
      gpus: info.Runtimes?.nvidia !== undefined,
      enforcesLimits: problem === undefined,
      ...(problem !== undefined && { limitsProblem: problem }),
      ...(isRootless(info) && { rootless: true }),
      ...(info.DockerRootDir && { dataRoot: info.DockerRootDir }),
    },
  };
}

function isRootless(info: Info): boolean {
  return info.Rootless || (info.SecurityOptions?.some((option) => option.includes('rootless')) ?? false);
}

function limitsProblem(info: Info): string | undefined {
  if (isRootless(info) && info.CgroupVersion === '1')
    return 'the engine runs rootless on cgroup v1, which enforces no limits on memory, CPU and processes';
  if (info.CgroupDriver === 'none') return 'the engine uses no cgroups, so it enforces no limits';
  const missing = [
    info.MemoryLimit === false && 'memory',
    (info.CpuCfsQuota ?? info.CPUCfsQuota) === false && 'CPU',
    info.PidsLimit === false && 'processes',
  ].filter(Boolean);
  return missing.length > 0 ? `the engine enforces no limits on ${missing.join(' and ')}` : undefined;
}
