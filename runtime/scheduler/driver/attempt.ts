import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../../errors/index.ts';
import {
  type AttemptDirectory,
  attemptDirectory,
  Detached,
  makeAttemptDirectory,
} from '../../execution/index.ts';
import { moveAttempt, type Scheduled } from '../../jobs/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import { moveWhole } from './move-whole.ts';

/**
 * An empty directory for a container that is to be launched. An adopted execution gets another one than its former
 * runtime knows: should that one only have been asleep, it can neither empty it nor have its own container write there.
 * @throws Detached when the execution is no longer ours
 */
export async function freshAttempt(
  db: LastingDatabase,
  execution: Scheduled,
  adopted: boolean,
): Promise<AttemptDirectory> {
  const former = execution.attemptDirectory;
  const directory = adopted ? `${former.replace(/-e\d+$/, '')}-e${execution.epoch}` : former;
  if (adopted && !(await moveAttempt(db, execution, directory))) throw new Detached();
  await rm(directory, { recursive: true, force: true });
  return makeAttemptDirectory(directory);
}

/**
 * The directory of a container that somebody else launched. Its output gets a name of this epoch, by which the former
 * runtime does not know it: should it wake up it cannot take away what is being harvested. What it had given its final
 * place already, without saying so to the database, comes back.
 * @param destination the final place of the output, absolute; undefined: it has none on this machine
 * @throws ENOENT when there is no output
 */
export async function takenOverAttempt(
  execution: Scheduled,
  destination: string | undefined,
): Promise<AttemptDirectory> {
  const attempt = attemptDirectory(execution.attemptDirectory);
  const output = path.join(attempt.path, `output-${execution.epoch}`);
  for (let tries = 1; ; tries++) {
    const found =
      (await newestOutput(attempt)) ??
      (destination !== undefined && existsSync(destination) ? destination : attempt.output);
    if (found === output) return { ...attempt, output };
    try {
      await mkdir(attempt.path, { recursive: true, mode: 0o700 });
      await moveWhole(found, output);
      return { ...attempt, output };
    } catch (thrown) {
      // Moved under our eyes by the former runtime: it is in the other place now.
      if (!isErrno(thrown, 'ENOENT') || tries === 3) throw thrown;
    }
  }
}

/** `output`, or what the last one of several adopters made of it. */
async function newestOutput({ path: directory, output }: AttemptDirectory): Promise<string | undefined> {
  const names: string[] = await readdir(directory).catch(() => []);
  const epochs = names.flatMap((name) => /^output-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  if (epochs.length > 0) return path.join(directory, `output-${Math.max(...epochs)}`);
  return names.includes(path.basename(output)) ? output : undefined;
}
