/** What a job needs of a node, or a node has: CPU cores, MiB, MiB, whole GPUs, and units of custom resources by name. */
export interface Resources {
  readonly cpus: number;
  /** MiB. */
  readonly mem: number;
  /** MiB. */
  readonly disk: number;
  readonly gpus?: number;
  readonly [custom: string]: number | undefined;
}

/** What a job that nobody has measured takes into account: nothing. */
export const noResources: Resources = { cpus: 0, mem: 0, disk: 0 };
