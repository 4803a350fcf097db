import type { PullPolicy } from '../config/index.ts';

/** What an execution is known by on every engine: launching the same key twice launches once. */
export interface ExecutionKey {
  /** uuid of the installation (the database) that owns the execution. */
  readonly installation: string;
  /** `job_exe.id`. */
  readonly execution: number;
  /** `job_exe.epoch`. */
  readonly attempt: number;
}

/** A host path that a container sees. Staging is data: each engine carries it out its own way (bind, archive). */
export interface Staged {
  /** Absolute path of a file or directory on the caller's machine. */
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly mode: 'ro' | 'rw';
  /** For messages: the input or mount that this is. */
  readonly name: string;
}

/** A volume of the engine that a container sees. It is made where it is not there yet, and left when the container goes. */
export interface Volume {
  /** For messages: the mount that this is. */
  readonly name: string;
  /** The volume's own name: the same name is the same volume. */
  readonly volume: string;
  /** `local`, or a plugin of the engine. */
  readonly driver: string;
  /** The driver's own; of a volume that exists they stay as they were. */
  readonly options: Readonly<Record<string, string>>;
  /** Absolute path in the container. */
  readonly target: string;
  readonly mode: 'ro' | 'rw';
}

/** What the engine enforces. */
export interface ContainerLimits {
  /** CPU cores, may be fractional. */
  readonly cpus: number;
  /** MiB, without swap. */
  readonly mem: number;
  /** MiB of /dev/shm; undefined: the engine's default. */
  readonly sharedMem?: number;
  readonly pids: number;
  /** Whole GPUs. */
  readonly gpus?: number;
}

/** Tells which of these runtimes are no more; asked after looking, so that nothing new is mistaken for an orphan. */
export type DeadAmong = (runtimes: readonly string[]) => Promise<readonly string[]>;

/** One container, fully decided. */
export interface LaunchSpec {
  /** Image reference or id. */
  readonly image: string;
  /** Arguments in place of the image's CMD; undefined: the image's own. */
  readonly command?: readonly string[];
  /** Variables in addition to the image's own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly staged: readonly Staged[];
  readonly volumes?: readonly Volume[];
  /** Where the container writes, and the caller's directory in which that is found after `collect`. */
  readonly output: { readonly target: string; readonly directory: string };
  readonly limits: ContainerLimits;
  /** `none`, the name of a network, or `container:<id>` for a prepared namespace. */
  readonly network: string;
  /** The container is to stay after its end, for a person to look into: no reaper may take it then. */
  readonly keep?: boolean;
  /** Labels besides the engine's own (`scale-job-execution-id`, ...). */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Launched {
  readonly containerId: string;
  readonly containerName: string;
  /** Whether the container was there already, from an earlier launch with this key. */
  readonly adopted: boolean;
}

/** What is known of a container; `exited` is final. */
export type Observation =
  | {
      readonly key: ExecutionKey;
      readonly state: 'created' | 'running';
      /** The process that drives it. */
      readonly runtime: string;
      /** See `LaunchSpec.keep`. */
      readonly kept: boolean;
    }
  | {
      readonly key: ExecutionKey;
      readonly state: 'exited';
      readonly runtime: string;
      readonly kept: boolean;
      readonly exitCode: number;
      /** The engine's out-of-memory flag; may be true with exit code 0. */
      readonly oomKilled: boolean;
      /** ISO 8601, the engine's clock. */
      readonly startedAt: string;
      readonly finishedAt: string;
      /** The exit happened while the engine was stopping or gone: it says nothing about the job. */
      readonly interrupted: boolean;
    };

export interface LogChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}

/** One sample of what a running container uses. */
export interface Usage {
  readonly memoryBytes: number;
  /** CPU cores in use, 1 = one whole core. */
  readonly cpus: number;
  /** Time of one core that it has used since its start. */
  readonly cpuSeconds: number;
}

export interface ImageDetails {
  /** `sha256:...` of the image's configuration; stores of images differ in how they count it. */
  readonly id: string;
  /** What it is made of, the same on every engine: see `imageIdentity`. 64 hexadecimal digits. */
  readonly identity: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  /** Bytes. */
  readonly size: number;
  readonly tags: readonly string[];
  /** `name@sha256:...` for each registry that the image was pulled from or pushed to. */
  readonly repoDigests: readonly string[];
  /** ISO 8601, UTC. */
  readonly created: string;
  /** As Go calls it, e.g. `amd64`. */
  readonly architecture: string;
  /** As Go calls it, e.g. `linux`. */
  readonly os: string;
}

/** One image in a list: what needs no request of its own. */
export type ImageSummary = Pick<ImageDetails, 'id' | 'tags' | 'labels' | 'size' | 'created'>;

/** A login to a registry: a name and password, or the token that a login left. */
export interface RegistryLogin {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/** What moving an image to or from a registry takes besides its name. */
export interface TransferOptions {
  /** Each change, one line. */
  readonly progress?: (line: string) => void;
  /** In place of the one that `docker login` stored. */
  readonly login?: RegistryLogin;
}

export interface EngineCapabilities {
  readonly kind: string;
  /** e.g. `Docker 20.10.24` or `Podman 4.3.1`. */
  readonly version: string;
  /** The engine's socket on this machine, if it has one: who can reach it commands the engine. */
  readonly socket?: string;
  /** CPU cores and MiB of the machine that runs the containers. */
  readonly cpus: number;
  readonly mem: number;
  readonly gpus: boolean;
  /** Whether memory, CPU and pids limits are enforced (rootless on cgroup v1: no). */
  readonly enforcesLimits: boolean;
  /** Why not, in words for a warning. */
  readonly limitsProblem?: string;
  /** Its address, as in DOCKER_HOST. */
  readonly where?: string;
  /** Whether it runs as an ordinary user. */
  readonly rootless?: boolean;
  /** Where it keeps images and containers: a path of the machine that runs them. */
  readonly dataRoot?: string;
  readonly clock?: EngineClock;
}

/** What its clock said (ISO 8601), and when that was asked and answered by ours, milliseconds since 1970. */
export interface EngineClock {
  readonly time: string;
  readonly asked: number;
  readonly answered: number;
}

export interface BuildRequest {
  /** Absolute path of the build context; `.dockerignore` is honoured. */
  readonly directory: string;
  readonly tag: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Absolute path, inside the context or not; default: `Dockerfile` in the context. */
  readonly dockerfile?: string;
  /** Images whose layers may stand in for steps that are the same. */
  readonly cacheFrom?: readonly string[];
  /** Whether registries are asked for the base images; default: `missing`. */
  readonly pull?: PullPolicy;
  /** For the first registry among those of the base images that is not Docker Hub, in place of the stored one. */
  readonly login?: RegistryLogin;
}

/** A network of its own for one job, without any connection. */
export interface PreparedNetwork {
  /** For `LaunchSpec.network`. */
  readonly network: string;
  /** Gives it back, after the job's container was removed; twice is fine. */
  release(): void;
}

/** Isolated networks made ahead, where that is cheaper than `none` for each job. */
export interface PreparedNetworks {
  /** One that nobody else uses until it is released. */
  acquire(): Promise<PreparedNetwork>;
  /** Removes those that nobody uses, and each of the others once it is given back; none is to be had any more. */
  retire(): void;
  /** Removes them all. */
  close(): Promise<void>;
}

/**
 * Whatever runs containers. Shaped for engines that cannot create before they start, cannot copy in, or place
 * jobs themselves. Errors are `SeedbedError`s: engine-unreachable, engine-error, and those named below.
 */
export interface Engine {
  /** Cheap; answered by the engine once and then remembered. @throws engine-unreachable */
  capabilities(): Promise<EngineCapabilities>;

  /**
   * Whether it sees a directory of ours, so that files need not travel as archives: what an earlier run found out, else
   * by a container that is never started, and removed.
   * @returns undefined while it has no image to make a container of
   */
  shares(directory: string): Promise<boolean | undefined>;

  /**
   * Creates and starts the container of `key`, or adopts the one that exists. Its output is captured from the first byte.
   * @param runtime the process that drives it, for the label by which the reaper tells the living from the dead
   * @throws target-not-found (no such image), network-not-found, command-not-found, mount-not-shared; engine-error for a
   * volume that cannot be made
   */
  launch(spec: LaunchSpec, key: ExecutionKey, runtime: string): Promise<Launched>;

  /**
   * The states of a container up to `exited`. An interrupted engine is waited for; see `interrupted`. Ends without
   * `exited` when the signal aborts or the container is removed.
   * @throws engine-interrupted when it does not come back within the configured time, or the container is gone
   */
  observe(key: ExecutionKey, signal?: AbortSignal): AsyncIterable<Observation>;

  /**
   * The container of every execution of an installation, as it is now; `interrupted` is false for all, because only
   * `observe` finds that out.
   */
  list(installation: string): Promise<Observation[]>;

  /**
   * The container's output from its beginning to its end, with backpressure: a job whose output is not read waits.
   * Survives an interrupted engine. Ends without an error when the signal aborts or the container is removed.
   * @throws engine-interrupted as `observe`
   */
  logs(key: ExecutionKey, signal?: AbortSignal): AsyncIterable<LogChunk>;

  /** Samples of use, about one each second, until the container ends or the signal aborts. */
  usage(key: ExecutionKey, signal: AbortSignal): AsyncIterable<Usage>;

  /** SIGTERM, then SIGKILL after `grace` seconds. Resolves when it has ended; one that has ended already is fine. */
  stop(key: ExecutionKey, grace: number): Promise<void>;

  /**
   * After the exit: brings everything of the output directory into `spec.output.directory` (nothing to do where it
   * was bound) and gives it to the calling user, who can then read, move and delete it.
   */
  collect(spec: LaunchSpec, key: ExecutionKey): Promise<void>;

  /** Removes container and anonymous volumes, running or not; absent is fine. */
  remove(key: ExecutionKey): Promise<void>;

  /** @param runtime the process that will use them, as in `launch` */
  prepareNetworks(installation: string, runtime: string): PreparedNetworks;

  /** Removes what runtimes that are no more left behind besides their executions: prepared networks, helpers. */
  removeHelpers(installation: string, deadAmong: DeadAmong): Promise<void>;

  /** @returns undefined when the engine has no such image */
  inspectImage(reference: string): Promise<ImageDetails | undefined>;

  /** Every image that is no mere layer of another, in one request, newest first. */
  listImages(): Promise<ImageSummary[]>;

  /**
   * Without a tag, `latest`.
   * @throws pull-refused, pull-unreachable, image-login-needed, image-login-refused
   */
  pullImage(reference: string, options?: TransferOptions): Promise<void>;

  /**
   * To the registry that the name begins with. Without a tag, `latest`.
   * @returns the digest of the manifest, `sha256:...`, by which the registry knows the image
   * @throws image-not-found, invalid-image-name, image-login-needed, image-login-refused, push-refused,
   * push-unreachable
   */
  pushImage(reference: string, options?: TransferOptions): Promise<{ digest: string }>;

  /**
   * With BuildKit where the Dockerfile needs it and the engine is Docker.
   * @throws build-failed; buildkit-missing; base-image-absent with the policy `never`; image-login-needed,
   *   image-login-refused and pull-unreachable for a base image
   */
  buildImage(request: BuildRequest, progress?: (line: string) => void): Promise<ImageDetails>;

  /**
   * Gives an image one more name; one that another image had is taken from it.
   * @param source reference or id
   * @throws image-not-found, invalid-image-name
   */
  tagImage(source: string, target: string): Promise<void>;

  /**
   * Takes a name from an image, which stays while it has another one.
   * @throws image-not-found, invalid-image-name for an id
   */
  untagImage(reference: string): Promise<void>;

  /** Closes idle connections so that the process can end. */
  close(): void;
}
