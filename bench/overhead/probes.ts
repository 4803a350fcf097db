import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { findPlace } from '../../runtime/database/embedded/place.ts';
import { findPostmaster } from '../../runtime/database/embedded/postmaster.ts';
import { connect } from '../../runtime/database/index.ts';
import { createEngine } from '../../runtime/engine/index.ts';
import { timeProgram } from '../support/child.ts';
import type { Lane } from '../support/lanes.ts';
import type { Subject } from './subject.ts';
import type { Command } from './whole-command.ts';

/** The parts of the whole command, each by itself: in the command some of them run beside each other. */
export function probes({ config, bench }: Subject, { dist, home }: Command): Lane[] {
  const { signal } = bench.ending;
  const program = (name: string, args: readonly string[]): Lane => ({
    name,
    run: async () => ({ total: (await timeProgram(process.execPath, args, { signal })).ms, steps: [] }),
  });
  return [
    program('Node alone: `node -e 0`', ['-e', '0']),
    program('and our first modules: `seed-run --version`', [path.join(dist, 'seed-run.js'), '--version']),
    {
      name: 'engine: connect and describe',
      async run() {
        const origin = performance.now();
        const engine = await createEngine(config);
        await engine.capabilities();
        const total = performance.now() - origin;
        engine.close();
        return { total, steps: [] };
      },
    },
    {
      name: 'embedded database: start, enter and leave',
      async run() {
        await serverEnded(home);
        const origin = performance.now();
        const database = await connect({ home, databaseUrl: undefined });
        const entered = performance.now();
        await database.close();
        const left = performance.now();
        await serverEnded(home);
        return {
          total: left - origin,
          steps: [
            ['start and enter', entered - origin],
            ['leave', left - entered],
            ["the server's own end, which nobody waits for", performance.now() - left],
          ],
        };
      },
    },
  ];
}

/** A server that is ending still would be waited for by the next client, which a user who runs one job never sees. */
export async function serverEnded(home: string): Promise<void> {
  const place = await findPlace(home);
  while (place && (await findPostmaster(place.data))) await pause(2);
}
