import { bareLoop } from '../overhead/bare-loop.ts';
import type { Subject } from '../overhead/subject.ts';
import type { Lane } from '../support/lanes.ts';

/** The yardstick: so many bare loops beside each other, each in a prepared namespace of its own, until all rows are done. */
export async function bareRows(
  name: string,
  subject: Subject,
  { rows, atOnce, networks }: { rows: number; atOnce: number; networks: readonly string[] },
): Promise<Lane> {
  const loops = await Promise.all(
    networks.slice(0, atOnce).map((network) => bareLoop('B', subject, network)),
  );
  return {
    name,
    async run() {
      let left = rows;
      const origin = performance.now();
      await Promise.all(
        loops.map(async (loop) => {
          while (left-- > 0) await loop.run();
        }),
      );
      return { total: performance.now() - origin, steps: [] };
    },
  };
}

/** As `bareRows`, but with the making and the end of its namespaces, which a command has to do, too. */
export function bareRowsAndNetworks(
  name: string,
  subject: Subject,
  { rows, atOnce }: { rows: number; atOnce: number },
): Lane {
  return {
    name,
    async run() {
      const origin = performance.now();
      const networks = subject.engine.prepareNetworks(subject.bench.installation, 'bench');
      try {
        const acquired = await Promise.all(Array.from({ length: atOnce }, () => networks.acquire()));
        const made = acquired.map(({ network }) => network);
        await (await bareRows(name, subject, { rows, atOnce, networks: made })).run();
      } finally {
        await networks.close();
      }
      return { total: performance.now() - origin, steps: [] };
    },
  };
}
