import { filesById, type ScaleFile } from '../../catalog/index.ts';
import { hasCode, type Queries } from '../../database/index.ts';
import type { ImageDetails } from '../../engine/index.ts';
import type { Execution } from '../../jobs/index.ts';
import type { Identity } from '../identity.ts';

/** What `recordIdentity` writes. */
export interface ExecutedIdentity {
  readonly identity: Identity;
  readonly image: Pick<ImageDetails, 'id' | 'identity'>;
  /** The name under which it was run. */
  readonly imageReference: string;
}

/**
 * Says under which identity an execution worked. Of one that runs, only `claimIdentity` may say so: call this after its
 * end, in the same transaction.
 */
export async function recordIdentity(
  tx: Queries,
  execution: Pick<Execution, 'id'>,
  { identity, image, imageReference }: ExecutedIdentity,
): Promise<void> {
  await tx.prepared(
    'record-identity',
    `with described as (
       insert into output_identity (output_id, description) values (decode($2, 'hex'), $3) on conflict do nothing
     ), known as (
       insert into image_identity (image_id, identity, reference) values ($4, decode($5, 'hex'), $6)
       on conflict (image_id) do update set reference = excluded.reference, seen = now()
       where image_identity.reference <> excluded.reference or image_identity.seen < now() - interval '1 hour'
     )
     update job_exe set output_id = decode($2, 'hex'), image_id = $4 where id = $1`,
    [
      execution.id,
      identity.outputId,
      JSON.stringify(identity.description),
      image.id,
      image.identity,
      imageReference,
    ],
  );
}

/**
 * Claims an identity for an execution that runs: no other one that was told to reuse has it meanwhile, wherever it runs.
 * The claim ends with the execution, also where that is lost with its runtime.
 * @returns the `job_exe.id` of the one that has it; undefined: it is ours
 */
export async function claimIdentity(
  db: Queries,
  { id, epoch }: Pick<Execution, 'id' | 'epoch'>,
  { identity: { outputId, description } }: ExecutedIdentity,
): Promise<number | undefined> {
  for (;;) {
    const [other] = await db.query<{ id: number }>(
      `select id from job_exe where output_id = decode($1, 'hex') and status = 'RUNNING' and id <> $2`,
      [outputId, id],
    );
    if (other) return other.id;
    try {
      await db.query(
        `with described as (
           insert into output_identity (output_id, description) values (decode($3, 'hex'), $4) on conflict do nothing
         )
         update job_exe set output_id = decode($3, 'hex') where id = $1 and epoch = $2 and status = 'RUNNING'`,
        [id, epoch, outputId, JSON.stringify(description)],
      );
      return undefined;
    } catch (thrown) {
      if (!hasCode(thrown, '23505')) throw thrown; // somebody was faster
    }
  }
}

/** What an execution made is not what its identity says: an input has changed under it. */
export async function forgetIdentity(tx: Queries, { id }: Pick<Execution, 'id'>): Promise<void> {
  await tx.query('update job_exe set output_id = null where id = $1 and output_id is not null', [id]);
}

/** An execution that has done the work already, as far as rows tell. */
export interface Done {
  /** `job_exe.id`. */
  readonly id: number;
  readonly jobId: number;
  /** Scale's shape `{version, files: {NAME: [ids]}, json}`. */
  readonly output: { readonly files?: Readonly<Record<string, readonly number[]>>; readonly json?: object };
  /** Its products, none of them deleted. */
  readonly files: readonly ScaleFile[];
}

/** Executions that are looked at: where the products of so many are gone, those of more will be. */
const mostLooked = 5;

/**
 * Completed executions of an identity, the newest first, whose products the catalogue has still. One that reused another
 * one's has none of its own, and is none of them.
 */
export async function doneBefore(db: Queries, outputId: string): Promise<Done[]> {
  const rows = await db.query<Omit<Done, 'files'>>(
    `select id, job_id as "jobId", output from job_exe
     where output_id = decode($1, 'hex') and status = 'COMPLETED' and status <> 'RUNNING' and exit_code is not null
     order by id desc limit ${mostLooked}`,
    [outputId],
  );
  const ids = [...new Set(rows.flatMap(({ output }) => productsOf(output)))];
  const files = new Map(
    (ids.length === 0 ? [] : await filesById(db, ids)).map((file) => [file.id, file] as const),
  );
  return rows.flatMap((row) => {
    const products = productsOf(row.output).map((id) => files.get(id));
    if (products.some((file) => !file || file.is_deleted)) return [];
    return [{ ...row, files: products as ScaleFile[] }];
  });
}

/** `scale_file.id`s of what an execution made, each once. */
export function productsOf({ files = {} }: Done['output']): number[] {
  return [...new Set(Object.values(files).flat())];
}

/**
 * What images are, as far as jobs have run them: by the name under which each was run last. One that was built anew since
 * is not known yet.
 * @returns identities by name, 64 hexadecimal digits
 */
export async function knownImages(db: Queries, references: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ reference: string; identity: string }>(
    `select distinct on (reference) reference, encode(identity, 'hex') as identity from image_identity
     where reference = any($1) order by reference, seen desc`,
    [references],
  );
  return new Map(rows.map(({ reference, identity }) => [reference, identity]));
}
