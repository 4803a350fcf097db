import type { Finding } from '../../seed-schema/index.ts';
import type { ImageDetails, Staged, Volume } from '../engine/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { DeliveredFile } from './delivery.ts';

/** A JSON input: its value, and the text that the job's environment gets. */
export interface JsonValue {
  readonly value: unknown;
  readonly environment: string;
}

/** What is wrong with a parsed sidecar; nothing: it is valid. */
export type SidecarJudge = (document: unknown) => readonly Finding[];

/** Everything that decides what is launched. Names are the manifest's own. */
export interface ExecutionRequest {
  readonly manifest: Manifest;
  /** The reference that the user knows the image by. */
  readonly imageReference: string;
  readonly image: ImageDetails;
  /** The files of each input that is given. */
  readonly files: ReadonlyMap<string, readonly DeliveredFile[]>;
  readonly json: ReadonlyMap<string, JsonValue>;
  readonly settings: ReadonlyMap<string, string>;
  readonly mounts: readonly Staged[];
  /** Mounts that are volumes of the engine. */
  readonly volumes?: readonly Volume[] | undefined;
  /** Amounts that replace those of the manifest, and custom resources that are granted. */
  readonly overrides: ReadonlyMap<string, number>;
  readonly network: string;
  /** Judges sidecars in place of our own rules. */
  readonly judgeSidecar?: SidecarJudge | undefined;
}

/** The numbers that a job learns about itself. */
export interface JobIdentity {
  readonly jobId: number;
  readonly exeNum: number;
}
