import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ResultDocument } from '../../seed-schema/index.ts';
import { type Database, connect } from '../../runtime/database/index.ts';
import { timeProgram } from '../support/child.ts';
import type { Lane } from '../support/lanes.ts';
import type { Subject } from './subject.ts';

/** Where the built commands and the catalogue are. */
export interface Command {
  /** Absolute path of `dist/`. */
  readonly dist: string;
  /** SEED_HOME, with a database that was made already. */
  readonly home: string;
}

/**
 * The command from its start to its end, as a shell sees it. Its document splits the time: what comes before it begins to
 * work, its steps, and what it waits for besides them.
 * @param served whether another client keeps the embedded server running meanwhile
 */
export function seedRun(name: string, subject: Subject, { dist, home }: Command, served: boolean): Lane {
  const { signal } = subject.bench.ending;
  return {
    name,
    async run() {
      const output = subject.nextDirectory();
      const held: Database | undefined = served ? await connect({ home, databaseUrl: undefined }) : undefined;
      try {
        const args = [path.join(dist, 'seed-run.js'), subject.image, '-o', output, '--format', 'json'];
        const ran = await timeProgram(process.execPath, args, {
          env: { SEED_HOME: home, DATABASE_URL: '' },
          signal,
        });
        return {
          total: ran.ms,
          steps: split(ran.begun, ran.ended, JSON.parse(ran.stdout) as ResultDocument),
        };
      } finally {
        await held?.close();
        await rm(output, { recursive: true, force: true });
      }
    },
  };
}

function split(begun: number, ended: number, document: ResultDocument): [string, number][] {
  const start = Date.parse(document.started);
  const end = Date.parse(document.ended);
  const inSteps = document.steps.reduce((sum, step) => sum + step.ms, 0);
  return [
    ['process, modules', start - begun],
    ...document.steps.map((step): [string, number] => [step.name, step.ms]),
    ['engine, database: waits', end - start - inSteps],
    ['print, exit', ended - end],
  ];
}
