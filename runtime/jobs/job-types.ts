import type { Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { recordEvent } from './events.ts';

export interface JobTypeRevision {
  /** `job_type.id`. */
  readonly jobTypeId: number;
  /** `job_type_revision.id`. */
  readonly revisionId: number;
  readonly revisionNum: number;
}

/** Bytes of name and version: a row of their unique index has at most 2704. */
const longestKey = 2000;

/**
 * The job type of a manifest, by its name and jobVersion. A manifest or image that differs from the last one is a new
 * revision.
 * @param document the manifest as its author wrote it
 * @throws invalid-manifest when its name is too long for the catalogue
 */
export async function registerJobType(
  db: Queries,
  manifest: Manifest,
  document: unknown,
  image: string,
  actor: string,
): Promise<JobTypeRevision> {
  const { name, jobVersion, title, description } = manifest.job;
  const length = Buffer.byteLength(name + jobVersion);
  if (length > longestKey)
    throw new SeedbedError('invalid-manifest', {
      where: image,
      problems: `job.name and job.jobVersion have ${length} bytes together, and the catalogue takes ${longestKey}`,
    });
  const text = JSON.stringify(document);
  const known = await current(db, name, jobVersion, text, image);
  if (known?.same) return known;
  await db.query(
    `insert into job_type (name, version, title, description, manifest, docker_image, revision_num, created_by)
     values ($1, $2, $3, $4, $5, $6, 0, $7) on conflict (project_id, name, version) do nothing`,
    [name, jobVersion, title, description, text, image, actor],
  );
  await db.query('select 1 from job_type where project_id = 1 and name = $1 and version = $2 for update', [
    name,
    jobVersion,
  ]);
  const locked = await current(db, name, jobVersion, text, image);
  if (locked?.same) return locked;
  return revise(db, manifest, text, image, actor);
}

async function current(
  db: Queries,
  name: string,
  version: string,
  manifest: string,
  image: string,
): Promise<(JobTypeRevision & { same: boolean }) | undefined> {
  const [row] = await db.query<JobTypeRevision & { same: boolean }>(
    `select t.id as "jobTypeId", r.id as "revisionId", r.revision_num as "revisionNum",
       r.manifest = $3::jsonb and r.docker_image = $4 as same
     from job_type t join job_type_revision r on r.job_type_id = t.id and r.revision_num = t.revision_num
     where t.project_id = 1 and t.name = $1 and t.version = $2`,
    [name, version, manifest, image],
  );
  return row;
}

async function revise(
  db: Queries,
  { job }: Manifest,
  manifest: string,
  image: string,
  actor: string,
): Promise<JobTypeRevision> {
  const [type] = await db.query<{ id: number; revision_num: number }>(
    `update job_type set revision_num = revision_num + 1, manifest = $3, docker_image = $4, title = $5,
       description = $6, last_modified = now()
     where project_id = 1 and name = $1 and version = $2 returning id, revision_num`,
    [job.name, job.jobVersion, manifest, image, job.title, job.description],
  );
  const [revision] = await db.query<{ id: number }>(
    `insert into job_type_revision (job_type_id, revision_num, manifest, docker_image)
     values ($1, $2, $3, $4) returning id`,
    [type!.id, type!.revision_num, manifest, image],
  );
  await recordEvent(db, {
    entity: 'job_type',
    id: type!.id,
    kind: 'revised',
    actor,
    data: { revision_num: type!.revision_num },
  });
  return { jobTypeId: type!.id, revisionId: revision!.id, revisionNum: type!.revision_num };
}
