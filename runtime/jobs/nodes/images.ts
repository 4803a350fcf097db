import type { Queries } from '../../database/index.ts';

/** Whether a node has an image. */
export type ImageState = 'READY' | 'PULLING' | 'FAILED';

/** Notes what became of an image on a node, for those who ask why a job waits, and for who clears up. */
export async function reportImage(
  db: Queries,
  nodeId: number,
  image: string,
  { state, error, ours }: { state: ImageState; error?: object; ours?: boolean },
): Promise<void> {
  await db.query(
    `insert into node_image (node_id, image, state, error, ours) values ($1, $2, $3, $4, $5)
     on conflict (node_id, image) do update set state = excluded.state, error = excluded.error,
       ours = node_image.ours or excluded.ours, last_used = now(),
       since = case when node_image.state = excluded.state then node_image.since else now() end`,
    [nodeId, image, state, error === undefined ? null : JSON.stringify(error), ours ?? false],
  );
}

/**
 * Images that we pulled and that no job needs now, longest unused first: not those of jobs that run or wait there.
 * @returns image references
 */
export async function unusedImages(db: Queries, nodeId: number): Promise<string[]> {
  const rows = await db.query<{ image: string }>(
    `select image from node_image i where node_id = $1 and ours and state = 'READY'
       and not exists (select from job_type_revision r join job j on j.job_type_revision_id = r.id
         where r.docker_image = i.image and j.status in ('QUEUED', 'RUNNING'))
     order by last_used`,
    [nodeId],
  );
  return rows.map(({ image }) => image);
}

/** The image was removed from the node. */
export async function forgetImage(db: Queries, nodeId: number, image: string): Promise<void> {
  await db.query('delete from node_image where node_id = $1 and image = $2', [nodeId, image]);
}
