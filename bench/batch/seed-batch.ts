import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BatchDocument } from '../../seed-schema/index.ts';
import { serverEnded } from '../overhead/probes.ts';
import type { Subject } from '../overhead/subject.ts';
import type { Command } from '../overhead/whole-command.ts';
import { timeProgram } from '../support/child.ts';
import type { Lane } from '../support/lanes.ts';

/** What one run of the command is made of. */
export const parts = { before: 'process, database', rows: 'its rows', after: 'results, exit' } as const;

/**
 * The command from its start to its end, as a shell sees it, the embedded database's start included. `its rows` is from the
 * start of the first row to the end of the last one.
 * @param directory holds a file for each row
 */
export function seedBatch(
  name: string,
  subject: Subject,
  { dist, home }: Command,
  { directory, atOnce }: { directory: string; atOnce: number },
): Lane {
  const { signal } = subject.bench.ending;
  return {
    name,
    async run() {
      await serverEnded(home);
      const output = subject.nextDirectory();
      const args = ['batch', '-in', subject.image, '-d', directory, '-o', output, '--jobs', `${atOnce}`];
      const ran = await timeProgram(
        process.execPath,
        [path.join(dist, 'seed.js'), ...args, '--format', 'json'],
        { env: { SEED_HOME: home, DATABASE_URL: '' }, signal },
      );
      await rm(output, { recursive: true, force: true });
      const { rows } = JSON.parse(ran.stdout) as BatchDocument;
      const times = (of: 'started' | 'ended') => rows.map((row) => Date.parse(row[of]!));
      const [first, last] = [Math.min(...times('started')), Math.max(...times('ended'))];
      return {
        total: ran.ms,
        steps: [
          [parts.before, first - ran.begun],
          [parts.rows, last - first],
          [parts.after, ran.ended - last],
        ],
      };
    },
  };
}
