import type { Queries } from '../../database/index.ts';
import type { MemberData } from './datasets.ts';
import type { Template } from './template.ts';

const atOnce = 1000;

/** Adds members as they are given. */
export async function insertGiven(tx: Queries, datasetId: number, all: readonly MemberData[]): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce) {
    const rows = all.slice(from, from + atOnce).map((data) => ({
      data,
      file_ids: [...new Set(Object.values(data.files).flat())],
    }));
    await tx.query(
      `insert into dataset_member (dataset_id, data, file_ids)
       select $1, given.data, given.file_ids
       from rows from (jsonb_to_recordset($2::jsonb) as (data jsonb, file_ids bigint[])) with ordinality as given (data, file_ids, at)
       order by given.at`,
      [datasetId, JSON.stringify(rows)],
    );
    const files = await tx.execute(
      `insert into dataset_file (dataset_id, file_id, parameter_name)
       select distinct on (ids.id) $1::bigint, ids.id, named.key
       from jsonb_array_elements($2::jsonb) as given (member), jsonb_each(given.member #> '{data,files}') as named,
         lateral (select jsonb_array_elements_text(named.value)::bigint as id) ids
       order by ids.id on conflict do nothing`,
      [datasetId, JSON.stringify(rows)],
    );
    await count(tx, datasetId, rows.length, files);
  }
}

/** Adds a member for each file, in their order. */
export async function insertFound(
  tx: Queries,
  datasetId: number,
  { names, files, json }: Template,
  ids: readonly number[],
): Promise<void> {
  const fixed = Object.entries(files as MemberData['files']);
  const fixedIds = [...new Set(fixed.flatMap(([, given]) => given))];
  await tx.query(
    `insert into dataset_member (dataset_id, data, file_ids)
     select $1, jsonb_build_object('version', '7', 'json', $3::jsonb, 'files', $4::jsonb ||
         (select jsonb_object_agg(name, jsonb_build_array(found.id)) from unnest($5::text[]) as named (name))),
       array_remove($6::bigint[], found.id) || found.id
     from unnest($2::bigint[]) with ordinality as found (id, at) order by found.at`,
    [datasetId, ids, JSON.stringify(json), JSON.stringify(files), names, fixedIds],
  );
  const named = fixed.flatMap(([name, given]) => given.map((id) => ({ name, id })));
  const added = await tx.execute(
    `insert into dataset_file (dataset_id, file_id, parameter_name)
     select distinct on (id) $1::bigint, id, name from (
       select unnest($2::bigint[]) as id, $3::text as name
       union all select * from unnest($4::bigint[], $5::text[])) as given
     order by id on conflict do nothing`,
    [datasetId, ids, names[0], named.map(({ id }) => id), named.map(({ name }) => name)],
  );
  await count(tx, datasetId, ids.length, added);
}

async function count(tx: Queries, datasetId: number, members: number, files: number): Promise<void> {
  await tx.query(
    'update dataset set members = members + $2, files = files + $3, last_modified = now() where id = $1',
    [datasetId, members, files],
  );
}
