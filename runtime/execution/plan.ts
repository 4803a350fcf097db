import type { Config } from '../config/index.ts';
import type { ContainerLimits, EngineCapabilities, LaunchSpec, Staged } from '../engine/index.ts';
import { expandCommand } from './command.ts';
import { buildEnvironment } from './environment.ts';
import { checkEnvironment } from './environment-limits.ts';
import { outputRoot } from './paths.ts';
import type { ExecutionRequest, JobIdentity } from './request.ts';
import { allocate, type Allocation } from './resources.ts';
import type { AttemptDirectory } from './stage-in.ts';

/** Everything about a container that is decided before anything is done. */
export interface Plan {
  /** By the name as declared; always has cpus, mem and disk. */
  readonly allocated: Readonly<Record<string, number>>;
  readonly limits: ContainerLimits;
  readonly variables: Readonly<Record<string, string>>;
  /** Undefined: the image's own CMD. */
  readonly command: readonly string[] | undefined;
  /** Values that must never be shown. */
  readonly secrets: ReadonlySet<string>;
}

/**
 * Resources, environment and command of an execution, in the order in which each builds on the one before.
 * @throws resource-unavailable, invalid-resource, invalid-command, environment-value-too-long and their kind
 */
export function plan(
  request: ExecutionRequest,
  identity: JobIdentity,
  machine: EngineCapabilities,
  config: Config,
): Plan {
  const { job } = request.manifest;
  const { allocated, limits } = planResources(request, machine, config);
  const { variables, secrets, expandable } = buildEnvironment({
    interface: job.interface,
    files: new Map(
      [...request.files].map(([name, files]) => [name, files.map((file) => file.deliveredName)]),
    ),
    json: new Map([...request.json].map(([name, { environment }]) => [name, environment])),
    settings: request.settings,
    allocated,
    identity,
  });
  const image = Object.entries(request.image.environment).map(
    ([name, value]) => [name, { value, splittable: true }] as const,
  );
  const command =
    job.interface.command === undefined
      ? undefined
      : expandCommand(job.interface.command, new Map([...image, ...expandable]));
  checkEnvironment(variables, command ?? []);
  return { allocated, limits: { ...limits, pids: config.pidsLimit }, variables, command, secrets };
}

/**
 * The first part of a plan, which needs no image: what is wrong here is known before one is built.
 * @throws resource-unavailable, invalid-resource, unknown-name
 */
export function planResources(
  { manifest, files, overrides }: Pick<ExecutionRequest, 'manifest' | 'files' | 'overrides'>,
  machine: EngineCapabilities,
  config: Config,
): Pick<Allocation, 'allocated' | 'limits'> {
  const { allocated, limits, problems } = allocate({
    scalar: manifest.job.resources.scalar,
    inputBytes: [...files.values()].flat().reduce((sum, file) => sum + file.size, 0),
    overrides,
    defaults: config.defaults,
    minimums: config.minimums,
    available: machine,
  });
  if (problems[0]) throw problems[0];
  return { allocated, limits };
}

/** The plan with its files, as an engine takes it. */
export function launchSpec(
  request: ExecutionRequest,
  plan: Plan,
  staged: readonly Staged[],
  attempt: AttemptDirectory,
  labels: Readonly<Record<string, string>>,
  keep: boolean,
): LaunchSpec {
  return {
    image: request.image.id,
    ...(plan.command ? { command: plan.command } : {}),
    environment: plan.variables,
    staged,
    ...(request.volumes ? { volumes: request.volumes } : {}),
    output: { target: outputRoot, directory: attempt.output },
    limits: plan.limits,
    network: request.network,
    keep,
    labels,
  };
}
