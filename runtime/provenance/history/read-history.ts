import { type LineageBounds, lineageOf } from '../../catalog/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { secretMask } from '../../manifest/index.ts';
import type { History, HistoryExecution, HistoryFile, HistoryLink } from './history.ts';

/**
 * All that is known of where a file comes from, within bounds.
 * @returns undefined when there is no such file
 */
export async function historyOf(
  db: Queries & Pick<Database, 'installation'>,
  fileId: number,
  bounds: LineageBounds,
): Promise<History | undefined> {
  const lineage = await lineageOf(db, fileId, bounds);
  if (!lineage) return undefined;
  const files = await filesOf(
    db,
    lineage.files.map(({ id }) => id),
  );
  const made = files.flatMap(({ executionId }) => (executionId === null ? [] : [executionId]));
  const executions = await executionsOf(db, [...new Set(made)]);
  const inputs = await inputsOf(
    db,
    executions.map(({ id }) => id),
    files.map(({ id }) => id),
  );
  const makers = new Map(files.map(({ id, executionId }) => [id, executionId]));
  const links = lineage.links
    .map(({ ancestor_id: ancestorId, descendant_id: descendantId }): HistoryLink => {
      const names = inputs.get(`${makers.get(descendantId)} ${ancestorId}`) ?? [];
      return { ancestorId, descendantId, inputs: names };
    })
    .sort((a, b) => a.descendantId - b.descendantId || a.ancestorId - b.ancestorId);
  return {
    installation: db.installation,
    fileId,
    files,
    executions,
    links: distinct(links),
    cut: lineage.cut,
  };
}

/** A circle of links, which no job can make, is met from both sides. */
function distinct(links: readonly HistoryLink[]): HistoryLink[] {
  return links.filter(({ ancestorId, descendantId }, at) => {
    const before = links[at - 1];
    return before?.ancestorId !== ancestorId || before.descendantId !== descendantId;
  });
}

function filesOf(db: Queries, ids: readonly number[]): Promise<HistoryFile[]> {
  return db.query(
    `select f.id, f.version_id as "versionId", w.name as workspace, f.file_path as path, f.file_name as name,
       case when w.base_url is not null then rtrim(w.base_url, '/') || '/' || f.file_path end as url,
       f.media_type as "mediaType", f.file_type as "fileType", f.file_size as size, f.sha256, f.created,
       case when f.is_deleted then coalesce(f.deleted, f.last_modified) end as deleted, f.superseded,
       f.job_exe_id as "executionId", f.job_output as output
     from scale_file f join workspace w on w.id = f.workspace_id where f.id = any($1::bigint[]) order by f.id`,
    [ids],
  );
}

function executionsOf(db: Queries, ids: readonly number[]): Promise<HistoryExecution[]> {
  return db.query(
    `select x.id, x.job_id as "jobId", x.exe_num as number, x.started, x.ended, x.runtime, x.node,
       r.docker_image as image, x.image_id as "imageId",
       json_build_object('name', t.name, 'version', t.version, 'revision', r.revision_num) as "jobType",
       j.created_by as submitter, coalesce(j.input->'json', '{}') as json,
       coalesce(i.settings, j.configuration->'settings', '{}') as settings,
       case when p.id is not null then json_build_object('id', p.id, 'type', rt.name, 'revision', rr.revision_num,
         'node', j.recipe_node) end as recipe,
       array(select o.id from job o where o.reused_job_exe_id = x.id order by o.id) as "reusedBy", encode(x.output_id, 'hex') as "outputId"
     from job_exe x join job j on j.id = x.job_id join job_type_revision r on r.id = j.job_type_revision_id
     join job_type t on t.id = r.job_type_id left join recipe p on p.id = j.recipe_id
     left join recipe_type_revision rr on rr.id = p.recipe_type_revision_id
     left join recipe_type rt on rt.id = rr.recipe_type_id
     left join lateral (
       select (o.description->'settings') || coalesce(
         (select jsonb_object_agg(name, $2::text) from jsonb_object_keys(o.description->'secrets') name), '{}') as settings
       from output_identity o where o.output_id = x.output_id) i on true
     where x.id = any($1::bigint[]) order by x.id`,
    [ids, secretMask],
  );
}

/** Names of inputs, by execution and file. */
async function inputsOf(
  db: Queries,
  executions: readonly number[],
  files: readonly number[],
): Promise<Map<string, string[]>> {
  const rows = await db.query<{ key: string; names: string[] }>(
    `select x.id || ' ' || i.input_file_id as key, array_agg(distinct i.job_input order by i.job_input) as names
     from job_exe x join job_input_file i on i.job_id = x.job_id
     where x.id = any($1::bigint[]) and i.input_file_id = any($2::bigint[]) group by 1`,
    [executions, files],
  );
  return new Map(rows.map(({ key, names }) => [key, names]));
}
