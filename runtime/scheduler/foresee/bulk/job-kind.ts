import type { Configuration } from '../../../../seed-schema/index.ts';
import type { Queries } from '../../../database/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import { loadManifest, type Manifest } from '../../../manifest/index.ts';
import { earlierRuns, knownImages } from '../../../provenance/index.ts';
import type { SecretKey } from '../../../secrets/index.ts';
import { readSecrets } from '../../../secrets/read.ts';

/** A revision of a job type, with all that its jobs have in common. */
export interface JobKind {
  readonly jobTypeId: number;
  readonly typeName: string;
  readonly typeVersion: string;
  readonly manifest: Manifest;
  /** `ImageDetails.identity` of what ran last under its name; undefined: nothing did. */
  readonly image: string | undefined;
  readonly configuration: Configuration;
  /** Whether its jobs reuse, where their submission does not say. */
  readonly reuse: boolean;
  /** Values of secret settings by name. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Whether any job of the type has completed, in any version. */
  readonly hasRun: boolean;
}

/** Reads what the jobs of a revision have in common. @param revisionId `job_type_revision.id` */
export async function jobKind(tx: Queries, key: SecretKey, revisionId: number): Promise<JobKind> {
  const [row] = await tx.query<{
    jobTypeId: number;
    typeName: string;
    typeVersion: string;
    manifest: unknown;
    reference: string;
    configuration: Configuration;
    reuse: boolean;
  }>(
    `select t.id as "jobTypeId", t.name as "typeName", t.version as "typeVersion", r.manifest,
       r.docker_image as reference, t.configuration, coalesce((t.configuration->>'reuse')::boolean, t.reuse) as reuse
     from job_type_revision r join job_type t on t.id = r.job_type_id where r.id = $1`,
    [revisionId],
  );
  if (!row) throw new SeedbedError('internal-error', { reason: `no revision ${revisionId} of a job type` });
  const { reference, manifest: document, ...type } = row;
  const { manifest } = loadManifest(JSON.stringify(document), `${type.typeName} ${type.typeVersion}`);
  const image = (await knownImages(tx, [reference])).get(reference);
  const secrets = await readSecrets(tx, key, { kind: 'job_type', id: type.jobTypeId });
  const runs = await earlierRuns(tx, { id: 0, type: type.typeName }, Number.MAX_SAFE_INTEGER);
  return { ...type, manifest, image, secrets, hasRun: runs.length > 0 };
}
