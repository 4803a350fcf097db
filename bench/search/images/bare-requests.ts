import { once } from 'node:events';
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { asCompleted } from '../../../runtime/registry/as-completed.ts';
import type { Bench } from '../../support/bench.ts';
import type { Lane } from '../../support/lanes.ts';
import type { SeedRegistry, SeedRepository } from './seed-registry.ts';

/** As many as a search has under way: 16 questions for tags, and 16 for images. */
const atOnce = 32;
/** Without it, the registry would make a manifest of the first schema. */
const accept = 'application/vnd.docker.distribution.manifest.v2+json';

/**
 * The yardstick: the catalogue, and the tags, manifest and configuration of each repository, over connections that are
 * kept. What to ask for is known before, and no answer is read.
 */
export async function bareRequests(
  name: string,
  { host, repositories }: SeedRegistry,
  { ending }: Bench,
): Promise<Lane> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  ending.undo(async () => agent.destroy());

  async function get(path: string): Promise<Buffer> {
    const request = http.get(`http://${host}${path}`, { agent, headers: { accept } });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const body = await buffer(response);
    if (response.statusCode !== 200) throw new Error(`GET ${path}: HTTP ${response.statusCode}`);
    return body;
  }

  async function pathsOf({ name: repository, tag }: SeedRepository): Promise<string[]> {
    const manifest = `/v2/${repository}/manifests/${tag}`;
    const { config } = JSON.parse(`${await get(manifest)}`) as { config: { digest: string } };
    return [`/v2/${repository}/tags/list`, manifest, `/v2/${repository}/blobs/${config.digest}`];
  }

  const chains: string[][] = [];
  for await (const paths of asCompleted(repositories, atOnce, pathsOf)) chains.push(paths);
  return {
    name,
    async run() {
      const origin = performance.now();
      await get('/v2/_catalog?n=1000');
      const left = chains.values();
      const ask = async () => {
        for (const paths of left) for (const path of paths) await get(path);
      };
      await Promise.all(Array.from({ length: atOnce }, ask));
      return { total: performance.now() - origin, steps: [] };
    },
  };
}
