import { bareLoop } from '../overhead/bare-loop.ts';
import type { Subject } from '../overhead/subject.ts';
import type { Lane } from '../support/lanes.ts';

/** So many containers by the library alone, so many at once. @param kind A: network none; B: prepared networks */
export async function bareJobs(
  kind: 'A' | 'B',
  subject: Subject,
  jobs: number,
  concurrency: number,
): Promise<Lane> {
  const networks = subject.engine.prepareNetworks(subject.bench.installation, 'bench');
  subject.bench.ending.undo(() => networks.close());
  const workers = await Promise.all(
    Array.from({ length: concurrency }, async () => {
      const network = kind === 'A' ? 'none' : (await networks.acquire()).network;
      return bareLoop(kind, subject, network);
    }),
  );
  return {
    name: `${kind} ${concurrency}`,
    async run() {
      let left = jobs;
      const origin = performance.now();
      await Promise.all(
        workers.map(async (worker) => {
          while (left-- > 0) await worker.run();
        }),
      );
      return { total: performance.now() - origin, steps: [] };
    },
  };
}
