import { asCompleted } from '../../../runtime/registry/as-completed.ts';
import { manifestLabelName } from '../../../runtime/manifest/index.ts';
import { startTestRegistry } from '../../../test/support/registry.ts';
import type { Bench } from '../../support/bench.ts';
import { benchManifest } from '../../support/image.ts';

/** One repository with one Seed image. */
export interface SeedRepository {
  readonly name: string;
  readonly tag: string;
}

/** A real registry with what a search has to look through. */
export interface SeedRegistry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly repositories: readonly SeedRepository[];
}

/** Starts a registry and puts a Seed image, each with a manifest of its own, into each of `count` repositories; ended at the end. */
export async function seedRegistry({ ending }: Bench, count: number): Promise<SeedRegistry> {
  const registry = await startTestRegistry();
  ending.undo(() => registry.stop());
  const jobs = Array.from({ length: count }, (_, index) => `job-${index}`);
  const put = async (job: string): Promise<SeedRepository> => {
    ending.signal.throwIfAborted();
    const manifest = JSON.stringify(benchManifest({ name: job, command: 'true' }));
    const repository = { name: `bench/bench-${job}-1.0.0-seed`, tag: '1.0.0' };
    await registry.putImage(repository.name, repository.tag, { labels: { [manifestLabelName]: manifest } });
    return repository;
  };
  const repositories: SeedRepository[] = [];
  for await (const repository of asCompleted(jobs, 8, put)) repositories.push(repository);
  return { host: registry.host, repositories };
}
