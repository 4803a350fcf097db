import { filesById, jobInputs, type ScaleFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { secretMask } from '../../manifest/index.ts';
import type { OriginalFile } from './compare.ts';

/** All that is known of the execution that made a file. */
export interface Origin {
  readonly fileId: number;
  readonly executionId: number;
  readonly jobId: number;
  readonly jobTypeId: number;
  readonly revisionId: number;
  /** The manifest of its revision, as its author wrote it. */
  readonly manifest: unknown;
  readonly image: string;
  /** As its engine called it; null: it did not say. */
  readonly imageId: string | null;
  /** Of the image's content; null: none was reckoned. */
  readonly imageIdentity: string | null;
  /** Values of JSON inputs by name. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Those that are no secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Names of secret settings that it had; their values are not known here. */
  readonly secrets: readonly string[];
  readonly network: string;
  /** Of the job as it was submitted. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly timeout: number;
  /** What it was given, by input, as far as it is known still. */
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
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
    `select x.id as "executionId", x.job_id as "jobId", j.job_type_id as "jobTypeId", r.id as "revisionId", r.manifest,
       r.docker_image as image, x.image_id as "imageId", o.description->>'image' as "imageIdentity",
       coalesce(j.input->'json', '{}') as json, j.configuration, j.timeout, coalesce(j.input->'files', '{}') as files,
       coalesce(x.output->'json', '{}') as "outputJson"
     from job_exe x join job j on j.id = x.job_id join job_type_revision r on r.id = j.job_type_revision_id
     left join output_identity o on o.output_id = x.output_id
     where x.id = $1`,
    [file.job_exe?.id ?? null],
  );
  if (!row) throw new SeedbedError('not-reproducible', { file: fileId, reason: 'no execution made it' });
  const { files, ...known } = row;
  const settings = Object.entries(row.configuration.settings ?? {});
  const outputs = await db.query<OriginalFile>(
    `select id, coalesce(job_output, '') as output, file_name as name, file_path as path, sha256
     from scale_file where job_exe_id = $1 order by id`,
    [row.executionId],
  );
  return {
    ...known,
    fileId,
    settings: Object.fromEntries(settings.filter(([, value]) => value !== secretMask)),
    secrets: settings.flatMap(([name, value]) => (value === secretMask ? [name] : [])),
    network: row.configuration.network ?? 'none',
    inputs: await jobInputs(db, row.jobId),
    given: Object.fromEntries(Object.entries(files).map(([name, ids]) => [name, ids.length])),
    outputs,
  };
}

interface Row extends Omit<
  Origin,
  'fileId' | 'settings' | 'secrets' | 'network' | 'inputs' | 'given' | 'outputs'
> {
  readonly configuration: { readonly settings?: Record<string, string>; readonly network?: string };
  readonly files: Readonly<Record<string, readonly number[]>>;
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
