import { filesById, jobInputs, type ScaleFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import type { JobTypeRevision, RecipeInput } from '../../jobs/index.ts';
import { loadManifest, type Manifest } from '../../manifest/index.ts';
import { secretNames } from '../../secrets/index.ts';
import type { JobDescription } from '../identity.ts';
import type { OriginalFile } from './compare.ts';
import { type Configured, configuredGiven, describedGiven, type Given } from './given.ts';

/** All that is known of the execution that made a file. */
export interface Origin extends Given {
  readonly fileId: number;
  readonly executionId: number;
  readonly jobId: number;
  /** The revision of its job type. */
  readonly type: JobTypeRevision;
  readonly manifest: Manifest;
  /** The same as its author wrote it. */
  readonly document: unknown;
  readonly image: string;
  /** As its engine called it; null: it did not say. */
  readonly imageId: string | null;
  /** Of the image's content; null: none was reckoned. */
  readonly imageIdentity: string | null;
  /** Values of JSON inputs by name. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly timeout: number;
  /** What it was given, by input, as far as it is known still. */
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  /** What its recipe was given; null: it was no part of one. */
  readonly recipeInput: RecipeInput | null;
  /** How many files each input had. */
  readonly given: Readonly<Record<string, number>>;
  readonly outputs: readonly OriginalFile[];
  /** Values of JSON outputs by name. */
  readonly outputJson: Readonly<Record<string, unknown>>;
}

/** @throws not-found; not-reproducible when no execution made it */
export async function originOf(db: Queries, fileId: number): Promise<Origin> {
  const [file] = await filesById(db, [fileId]);
  if (!file) throw new SeedbedError('not-found', { what: `file ${fileId}` });
  const [row] = await db.query<Row>(
    `select x.id as "executionId", x.job_id as "jobId", json_build_object('jobTypeId', t.id, 'revisionId', r.id,
         'revisionNum', r.revision_num) as type, r.manifest as document, r.docker_image as image, x.image_id as "imageId", o.description,
       coalesce(j.input->'json', '{}') as json, j.timeout, coalesce(j.input->'files', '{}') as files,
       coalesce(x.output->'json', '{}') as "outputJson", t.configuration as "ofType", j.configuration as "ofJob", x.resources, p.input as "recipeInput"
     from job_exe x join job j on j.id = x.job_id join job_type_revision r on r.id = j.job_type_revision_id
     join job_type t on t.id = j.job_type_id left join output_identity o on o.output_id = x.output_id
     left join recipe p on p.id = j.recipe_id
     where x.id = $1`,
    [file.job_exe?.id ?? null],
  );
  if (!row) throw new SeedbedError('not-reproducible', { file: fileId, reason: 'no execution made it' });
  const { files, description, ofType, ofJob, resources, ...known } = row;
  const { manifest } = loadManifest(JSON.stringify(row.document), 'its revision');
  const outputs = await db.query<OriginalFile>(
    `select id, coalesce(job_output, '') as output, file_name as name, file_path as path, sha256
     from scale_file where job_exe_id = $1 order by id`,
    [row.executionId],
  );
  return {
    ...known,
    ...(description
      ? describedGiven(description)
      : configuredGiven({
          ...{ manifest, resources, type: ofType, job: ofJob },
          secretNames: await secretsOf(db, row),
        })),
    fileId,
    manifest,
    imageIdentity: description?.image ?? null,
    inputs: await jobInputs(db, row.jobId),
    given: Object.fromEntries(Object.entries(files).map(([name, ids]) => [name, ids.length])),
    outputs,
  };
}

interface Row
  extends
    Pick<Origin, 'executionId' | 'jobId' | 'type' | 'document' | 'image' | 'imageId'>,
    Pick<Origin, 'json' | 'timeout' | 'outputJson' | 'recipeInput'>,
    Pick<Configured, 'resources'> {
  readonly ofType: Configured['type'];
  readonly ofJob: Configured['job'];
  readonly description: JobDescription | null;
  readonly files: Readonly<Record<string, readonly number[]>>;
}

/** Names of the secrets that a job has by itself or by its type. */
async function secretsOf(db: Queries, { jobId, type }: Row): Promise<string[]> {
  const [ofType, own] = [
    await secretNames(db, { kind: 'job_type', id: type.jobTypeId }),
    await secretNames(db, { kind: 'job', id: jobId }),
  ];
  return [...ofType, ...own];
}

/** Inputs that are not there any more as the catalogue knows them. Pure. @returns for people */
export function lostInputs({ inputs, given }: Pick<Origin, 'inputs' | 'given'>): string[] {
  const gone = Object.entries(given).flatMap(([name, count]) => {
    const known = inputs.get(name)?.length ?? 0;
    return known < count ? [`${count - known} of the ${count} files of the input ${name} were purged`] : [];
  });
  const deleted = [...inputs].flatMap(([name, files]) =>
    files
      .filter((file) => file.is_deleted)
      .map((file) => `the file ${file.id} (${file.file_name}) of the input ${name} was deleted`),
  );
  return [...gone, ...deleted];
}
