import { type Configuration, isObject, jobTypeConfigurationValidator } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { splitSecrets } from '../../jobs/index.ts';
import { judgeManifestText, type Manifest } from '../../manifest/index.ts';
import type { ImportRun } from './import-run.ts';
import type { ScaleRow } from './source.ts';
import { allRows, isTrue, jsonOf, optional } from './values.ts';

const kind = 'job_type';

/** A revision that can be taken over. */
interface Revision {
  readonly number: number;
  readonly manifest: Manifest;
  /** As its author wrote it. */
  readonly text: string;
  readonly image: string;
  readonly created: string | null;
}

/** Job types by name and version, with the numbers that their revisions have there: recipes name them by these. */
export async function takeJobTypes(run: ImportRun): Promise<void> {
  const { source, mapping, report, together } = run;
  const revisions = grouped(await allRows(source.pages('job_type_revision')));
  for (const row of await allRows(source.pages('job_type'))) {
    run.signal.throwIfAborted();
    report.counts[kind].found++;
    await together(async (tx) => {
      if ((await mapping.of(tx, kind, [row.id!])).size > 0) return void report.counts[kind].known++;
      await takeJobType(tx, run, row, revisions.get(row.id!) ?? []);
    });
  }
}

async function takeJobType(
  tx: Queries,
  { mapping, report, actor }: ImportRun,
  row: ScaleRow,
  revisionRows: readonly ScaleRow[],
): Promise<void> {
  const name = `${row.name} ${row.version}`;
  const revisions = revisionRows
    .map((one) => revisionOf(one, row))
    .filter((one) => {
      if ('number' in one) return true;
      report.note(kind, `${name} revision ${one.revision}: ${one.detail}`, one.reason);
      return false;
    }) as Revision[];
  const newest = revisions.find((one) => one.number === Number(row.revision_num));
  if (!newest) {
    const problem = revisionOf(revisionRows.at(-1) ?? row, row);
    const reason = 'reason' in problem ? problem.reason : 'its newest revision is not there';
    report.left(kind, name, `not taken over, because ${reason}`);
    return;
  }
  const [here] = await tx.query<{ id: number; same: boolean }>(
    `select id, manifest = $3::jsonb as same from job_type where project_id = 1 and name = $1 and version = $2`,
    [newest.manifest.job.name, newest.manifest.job.jobVersion, newest.text],
  );
  if (here && !here.same)
    return report.left(kind, name, 'one of this name and version is here already, with another manifest');
  const id = here?.id ?? (await insertType(tx, row, newest, configurationOf(row, newest, report), actor));
  if (!here) await insertRevisions(tx, id, revisions);
  await mapping.keep(tx, kind, [[row.id!, id]]);
  report.counts[kind][here ? 'known' : 'taken']++;
}

function revisionOf(
  revision: ScaleRow,
  type: ScaleRow,
): Revision | { readonly revision: string; readonly reason: string; readonly detail: string } {
  const number = revision.revision_num ?? '?';
  const document = jsonOf(revision, 'manifest');
  const image = optional(revision, 'docker_image') || optional(type, 'docker_image');
  const refuse = (reason: string, detail: string) => ({ revision: number, reason, detail });
  if (!isObject(document) || document.seedVersion === undefined)
    return refuse('its manifest is of the time before Seed', 'no seedVersion');
  const { manifest, errors } = judgeManifestText(JSON.stringify(document));
  if (!manifest) return refuse('its manifest is not valid by Seed 1.0.0', errors[0]!.description);
  if (!image) return refuse('it names no image', 'no docker_image');
  const text = JSON.stringify(document);
  return { number: Number(number), manifest, text, image, created: optional(revision, 'created') };
}

/** Without secrets, which Scale keeps elsewhere or shows as stars. */
function configurationOf(row: ScaleRow, { manifest }: Revision, report: ImportRun['report']): Configuration {
  const name = `${row.name} ${row.version}`;
  const document = jsonOf(row, 'configuration') ?? {};
  if (jobTypeConfigurationValidator.problems(document).length > 0) {
    report.note(kind, name, 'its configuration is not valid here, and starts empty');
    return {};
  }
  const { configuration, secrets } = splitSecrets(document as Configuration, manifest);
  if (secrets.size > 0) report.note(kind, name, 'its secret settings are not taken over; set them again');
  return configuration;
}

async function insertType(
  tx: Queries,
  row: ScaleRow,
  { manifest, text, image, number }: Revision,
  configuration: Configuration,
  actor: string,
): Promise<number> {
  const { name, jobVersion, title, description } = manifest.job;
  const [made] = await tx.query<{ id: number }>(
    `insert into job_type (name, version, title, description, manifest, docker_image, configuration, revision_num,
       is_active, is_paused, max_scheduled, created_by, created, deprecated, paused)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13::timestamptz, now()), $14, $15) returning id`,
    [
      ...[name, jobVersion, title, description, text, image, configuration, number],
      ...[isTrue(row.is_active), isTrue(row.is_paused), optional(row, 'max_scheduled'), actor],
      ...[optional(row, 'created'), optional(row, 'deprecated'), optional(row, 'paused')],
    ],
  );
  return made!.id;
}

async function insertRevisions(tx: Queries, typeId: number, revisions: readonly Revision[]): Promise<void> {
  for (const { number, text, image, created } of revisions)
    await tx.query(
      `insert into job_type_revision (job_type_id, revision_num, manifest, docker_image, created)
       values ($1, $2, $3, $4, coalesce($5::timestamptz, now()))`,
      [typeId, number, text, image, created],
    );
}

function grouped(rows: readonly ScaleRow[]): Map<string, ScaleRow[]> {
  const groups = new Map<string, ScaleRow[]>();
  for (const row of rows) groups.set(row.job_type_id!, [...(groups.get(row.job_type_id!) ?? []), row]);
  return groups;
}
