import { SeedbedError } from '../../errors/index.ts';
import type { RunOptions } from '../run/options.ts';

/** Options of `seed-run` that say how one job is run: in a recipe each node says that for itself. */
const ofJobs: readonly [keyof RunOptions, string][] = [
  ['imageName', '-in'],
  ['manifest', '-M'],
  ['setting', '-e'],
  ['mount', '-m'],
  ['resource', '--resource'],
  ['schema', '-s'],
  ['repetitions', '--repetitions'],
  ['keep', '--keep'],
];

/** Pure. @throws invalid-usage for what a recipe has no use for */
export function judgeRecipeOptions(target: string | undefined, options: RunOptions): void {
  const refuse = (problem: string) => new SeedbedError('invalid-usage', { problem });
  if (target !== undefined)
    throw refuse(
      `A job or a recipe can be run, and both were given: ${target} and --recipe ${options.recipe}`,
    );
  const given = ofJobs.filter(([name]) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (given.length > 0)
    throw refuse(`${given.map(([, option]) => option).join(', ')} is for one job, and not for --recipe`);
  if (options.dryRun && options.resume)
    throw refuse('--dry-run tells of a recipe that is to be begun, and not with --resume');
  if (options.network !== 'none') throw refuse('--network is for one job, and not for --recipe');
}
