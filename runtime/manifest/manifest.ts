import type { JsonType } from '../../seed-schema/index.ts';

export type { JsonType } from '../../seed-schema/index.ts';

/** A Seed 1.0.0 manifest after validation, every default filled in (the standard, "Manifest"). */
export interface Manifest {
  readonly seedVersion: string;
  readonly job: Job;
}

export interface Job {
  readonly name: string;
  readonly jobVersion: string;
  readonly packageVersion: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly maintainer: {
    readonly name: string;
    readonly email: string;
    readonly organization?: string;
    readonly url?: string;
    readonly phone?: string;
  };
  /** Seconds, a hard limit; zero or less: no limit (warned of). */
  readonly timeout: number;
  readonly interface: Interface;
  readonly resources: { readonly scalar: readonly ScalarResource[] };
  readonly errors: readonly ErrorMapping[];
}

export interface Interface {
  /** Arguments for the container, expanded by Bash's rules; undefined: the image's own CMD. */
  readonly command?: string;
  readonly inputs: { readonly files: readonly InputFile[]; readonly json: readonly InputJson[] };
  readonly outputs: { readonly files: readonly OutputFile[]; readonly json: readonly OutputJson[] };
  readonly mounts: readonly Mount[];
  readonly settings: readonly Setting[];
}

export interface InputFile {
  readonly name: string;
  readonly required: boolean;
  readonly mediaTypes: readonly string[];
  readonly multiple: boolean;
  /** Only parts of the file are read; it may be read through instead of copied. */
  readonly partial: boolean;
}

export interface InputJson {
  readonly name: string;
  readonly type: JsonType;
  readonly required: boolean;
}

export interface OutputFile {
  readonly name: string;
  /** Glob, relative to OUTPUT_DIR. */
  readonly pattern: string;
  readonly mediaType?: string;
  readonly multiple: boolean;
  readonly required: boolean;
}

export interface OutputJson {
  readonly name: string;
  /** Member of seed.outputs.json, case-sensitive; the name when the manifest gives none. */
  readonly key: string;
  readonly type: JsonType;
  readonly required: boolean;
}

export interface Mount {
  readonly name: string;
  /** Absolute path in the container. */
  readonly path: string;
  readonly mode: 'ro' | 'rw';
}

export interface Setting {
  readonly name: string;
  readonly secret: boolean;
}

export interface ScalarResource {
  readonly name: string;
  /** MiB for mem, disk and sharedMem; cores for cpus. */
  readonly value: number;
  /** Added for each MiB of input: `value + inputMultiplier × input MiB`; 0 when not given. */
  readonly inputMultiplier: number;
}

export interface ErrorMapping {
  /** Exit code of the container. */
  readonly code: number;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly category: 'job' | 'data';
}
