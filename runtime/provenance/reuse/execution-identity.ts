import type { KeyObject } from 'node:crypto';
import type { ScaleFile } from '../../catalog/index.ts';
import type { ExecutionRequest } from '../../execution/index.ts';
import { describedFile } from '../described-file.ts';
import { type Identity, identityOfJob } from '../identity.ts';

/** An execution, with all that decides what it makes. */
export interface DescribedExecution {
  /** As it was decided; without a network it reaches none. */
  readonly request: Omit<ExecutionRequest, 'network'> & { readonly network?: string | undefined };
  /** The rows of the request's files, in the same order, as they were when it began. */
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  /** `Plan.allocated`. */
  readonly allocated: Readonly<Record<string, number>>;
  /** Of secret settings. */
  readonly key: KeyObject;
}

/**
 * The identity of an execution.
 * @param sha256Of what an input holds; undefined: nobody knows
 * @returns undefined while the content of an input is not known
 * @throws not-canonical-json for a JSON input that has no RFC 8785 text
 */
export function executionIdentity(
  { request, inputs, allocated, key }: DescribedExecution,
  sha256Of: (file: ScaleFile) => string | undefined,
): Identity | undefined {
  const rows = [...inputs.values()].flat();
  if (rows.some((row) => sha256Of(row) === undefined)) return undefined;
  const files = [...request.files].map(([name, delivered]) => {
    const of = inputs.get(name) ?? [];
    return [
      name,
      delivered.map(({ deliveredName }, at) => ({
        name: deliveredName,
        content: { sha256: sha256Of(of[at]!)! },
        about: describedFile(of[at]!),
      })),
    ] as const;
  });
  return identityOfJob({
    image: request.image.identity,
    manifest: request.manifest,
    settings: request.settings,
    key,
    json: request.json,
    files: new Map(files),
    resources: allocated,
    mounts: request.mounts,
    volumes: request.volumes,
    network: request.network === 'none' ? undefined : request.network,
  });
}
