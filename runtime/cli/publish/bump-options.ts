import type { Command, Option } from 'commander';
import { SeedbedError } from '../../errors/index.ts';
import { spelt } from '../spelling/old-words.ts';

/** What is to be done when the version is published already. */
export interface BumpOptions {
  readonly force?: boolean;
  readonly packageMajor?: boolean;
  readonly packageMinor?: boolean;
  readonly packagePatch?: boolean;
  readonly jobMajor?: boolean;
  readonly jobMinor?: boolean;
  readonly jobPatch?: boolean;
}

export type Part = 'major' | 'minor' | 'patch';

/** The part of each version to raise; undefined: leave it. */
export interface Bump {
  readonly job: Part | undefined;
  readonly package: Part | undefined;
}

/** `-f`, and `-P -pm -pp -J -jm -jp`. */
export function withBumpOptions(command: Command): Command {
  return command
    .option('-f, --force', 'overwrite the published version')
    .addOption(raise('-P, --package-major', 'package version: major'))
    .addOption(raise('--package-minor', 'package version: minor', 'pm'))
    .addOption(raise('--package-patch', 'package version: patch', 'pp'))
    .addOption(raise('-J, --job-major', 'job version: major', 'JM'))
    .addOption(raise('--job-minor', 'job version: minor', 'jm'))
    .addOption(raise('--job-patch', 'job version: patch', 'jp'));
}

function raise(flags: string, what: string, ...old: string[]): Option {
  return spelt(flags, `if this version is published already, raise the ${what}`, ...old);
}

/** Which versions to raise; undefined: none. Pure. @throws invalid-usage where two contradict each other */
export function bumpOf(options: BumpOptions): Bump | undefined {
  const job = onlyOne('job', [
    options.jobMajor && 'major',
    options.jobMinor && 'minor',
    options.jobPatch && 'patch',
  ]);
  const packaging = onlyOne('package', [
    options.packageMajor && 'major',
    options.packageMinor && 'minor',
    options.packagePatch && 'patch',
  ]);
  if (job === undefined && packaging === undefined) return undefined;
  return { job, package: packaging };
}

function onlyOne(what: string, parts: readonly (Part | false | undefined)[]): Part | undefined {
  const [part, other] = parts.filter((one) => typeof one === 'string');
  if (other === undefined) return part;
  throw new SeedbedError('invalid-usage', {
    problem: `The ${what} version can be raised by one part at a time, not by ${part} and ${other}`,
  });
}
