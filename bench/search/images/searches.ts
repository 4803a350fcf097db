import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ImagesDocument } from '../../../seed-schema/index.ts';
import { manifestLabelName } from '../../../runtime/manifest/index.ts';
import { findSeedImages, openRegistry } from '../../../runtime/registry/index.ts';
import type { Bench } from '../../support/bench.ts';
import { timeProgram } from '../../support/child.ts';
import type { Lane } from '../../support/lanes.ts';
import type { SeedRegistry } from './seed-registry.ts';

/** The room alone, over new connections. */
export function findLane(name: string, { host, repositories }: SeedRegistry): Lane {
  return {
    name,
    async run() {
      const origin = performance.now();
      const registry = openRegistry(host);
      let found = 0;
      try {
        for await (const image of findSeedImages(registry, { label: manifestLabelName }))
          if ('image' in image) found++;
      } finally {
        registry.close();
      }
      const total = performance.now() - origin;
      requireAll(name, found, repositories.length);
      return { total, steps: [] };
    },
  };
}

/**
 * The command from its start to its end, as a shell sees it.
 * @param dist absolute path of `dist/`; @param isFirst whether nothing is kept from a search before
 */
export function commandLane(
  name: string,
  { host, repositories }: SeedRegistry,
  { ending, directory }: Bench,
  { dist, isFirst }: { readonly dist: string; readonly isFirst: boolean },
): Lane {
  const args = [path.join(dist, 'seed.js'), 'search', '-r', host, '--format', 'json'];
  const home = path.join(directory, isFirst ? 'first' : 'again');
  // No login of this user's: a credential helper would be asked.
  const env = { DOCKER_CONFIG: directory, SEED_HOME: home };
  return {
    name,
    async run() {
      if (isFirst) await rm(home, { recursive: true, force: true });
      const { ms, stdout } = await timeProgram(process.execPath, args, { env, signal: ending.signal });
      const { images } = JSON.parse(stdout) as ImagesDocument;
      requireAll(name, images.filter(({ problem }) => problem === null).length, repositories.length);
      return { total: ms, steps: [] };
    },
  };
}

function requireAll(name: string, found: number, all: number): void {
  if (found !== all) throw new Error(`${name}: found ${found} of ${all} images`);
}
