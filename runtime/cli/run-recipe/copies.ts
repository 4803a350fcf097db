import path from 'node:path';
import type { ScaleFile } from '../../catalog/index.ts';
import type { Database } from '../../database/index.ts';
import { type EndedJob, manifestsOfJobs } from '../../jobs/index.ts';
import { loadManifest } from '../../manifest/index.ts';
import { placesInOutput } from '../../provenance/index.ts';

/** Where copies of files are, absolute, by `scale_file.id`. */
export type Copies = ReadonlyMap<number, string>;

/**
 * Where the copies are of what reusing jobs took, by `job.id`.
 * @param files all that the jobs have as their output
 * @param directoryOf where the products of a job go, absolute
 */
export async function copiesOf(
  db: Database,
  jobs: readonly EndedJob[],
  files: ReadonlyMap<number, ScaleFile>,
  directoryOf: (jobId: number) => string,
): Promise<Map<number, Copies>> {
  const reusing = jobs.filter(({ reused }) => reused !== null);
  const manifests = await manifestsOfJobs(
    db,
    reusing.map(({ id }) => id),
  );
  return new Map(
    reusing.map(({ id, output }) => {
      const { manifest } = loadManifest(JSON.stringify(manifests.get(id)), `job ${id}`);
      const ids = Object.values(output?.files ?? {}).flat();
      const products = ids.flatMap((one) => files.get(one) ?? []);
      const places = placesInOutput({ output: output ?? {}, files: products }, manifest);
      return [id, new Map([...places].map(([file, place]) => [file, path.join(directoryOf(id), place)]))];
    }),
  );
}
