import type { Queries } from '../../database/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import {
  type KnownJobType,
  knownJobType,
  type KnownRecipeType,
  type KnownTypes,
  type NodeInterface,
} from '../../recipe/index.ts';
import { type JobTypeKey, keyOf, namedTypes, type RecipeTypeKey } from './named-types.ts';

/**
 * What a definition names, read at once: the revisions that it names, and the newest of the same types. Two queries, whatever
 * its size; what a recipe type takes, gives and contains stands with its revision.
 * @param document a definition, judged or not
 */
export async function knownTypes(db: Queries, document: unknown): Promise<KnownTypes> {
  const named = namedTypes(document);
  const [jobTypes, recipeTypes] = await Promise.all([
    jobTypesOf(db, named.jobTypes),
    recipeTypesOf(db, named.recipeTypes),
  ]);
  return {
    jobType: (name, version, revision) => jobTypes.known.get(keyOf(name, version, revision)),
    newestJobType: (name, version) => jobTypes.newest.get(keyOf(name, version)),
    recipeType: (name, revision) => recipeTypes.known.get(keyOf(name, revision)),
    newestRecipeType: (name) => recipeTypes.newest.get(keyOf(name)),
  };
}

/** By `keyOf` their name, version and revision; numbers of the newest revisions by that without the revision. */
interface Found<Known> {
  readonly known: ReadonlyMap<string, Known>;
  readonly newest: ReadonlyMap<string, number>;
}

const nothing = { known: new Map<string, never>(), newest: new Map<string, never>() };

async function jobTypesOf(db: Queries, keys: readonly JobTypeKey[]): Promise<Found<KnownJobType>> {
  if (keys.length === 0) return nothing;
  const rows = await db.query<JobTypeKey & { newest: number; manifest: unknown }>(
    `select t.name, t.version, t.revision_num as newest, r.revision_num as revision, r.manifest
     from (select name, version, array_agg(revision) as revisions
       from unnest($1::text[], $2::text[], $3::integer[]) as w (name, version, revision) group by 1, 2) w
     join job_type t on t.project_id = 1 and t.name = w.name and t.version = w.version
     join job_type_revision r on r.job_type_id = t.id
       and (r.revision_num = any(w.revisions) or r.revision_num = t.revision_num)`,
    [keys.map(({ name }) => name), keys.map(({ version }) => version), keys.map(({ revision }) => revision)],
  );
  return {
    known: new Map(
      rows.map(({ name, version, revision, manifest }) => [
        keyOf(name, version, revision),
        knownJobType(loadManifest(JSON.stringify(manifest), `${name} ${version}`).manifest.job),
      ]),
    ),
    newest: new Map(rows.map(({ name, version, newest }) => [keyOf(name, version), newest])),
  };
}

interface RecipeTypeRow extends RecipeTypeKey {
  readonly newest: number;
  readonly interface: NodeInterface;
  readonly contains: readonly string[];
}

async function recipeTypesOf(db: Queries, keys: readonly RecipeTypeKey[]): Promise<Found<KnownRecipeType>> {
  if (keys.length === 0) return nothing;
  const rows = await db.query<RecipeTypeRow>(
    `select t.name, t.revision_num as newest, r.revision_num as revision, r.interface, r.contains
     from (select name, array_agg(revision) as revisions
       from unnest($1::text[], $2::integer[]) as w (name, revision) group by 1) w
     join recipe_type t on t.project_id = 1 and t.name = w.name
     join recipe_type_revision r on r.recipe_type_id = t.id
       and (r.revision_num = any(w.revisions) or r.revision_num = t.revision_num)`,
    [keys.map(({ name }) => name), keys.map(({ revision }) => revision)],
  );
  return {
    known: new Map(
      rows.map(({ name, revision, interface: { input, output }, contains }) => [
        keyOf(name, revision),
        { input, output, contains: new Set(contains) },
      ]),
    ),
    newest: new Map(rows.map(({ name, newest }) => [keyOf(name), newest])),
  };
}
