import { isObject } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { judgeManifestText, parseManifest } from '../parse.ts';
import { type Members, renamed, rewritten, within } from './members.ts';
import { parseWithNumberTexts, stringifyNumberTexts } from './number-text.ts';
import { upgradeErrors } from './upgrade-errors.ts';
import { upgradeInterface } from './upgrade-interface.ts';
import { upgradeResources } from './upgrade-resources.ts';

/** Says something that the conversion could not carry over, or that the author has to see to. */
export type Note = (sentence: string) => void;

/** What a conversion comes to. */
export interface Converted<Result> {
  readonly result: Result;
  /** What could not be carried over, one sentence each, without full stops. */
  readonly notes: readonly string[];
}

/** Whether a parsed manifest is of a version before 1.0.0 of the standard, whose members had other names. */
export function isOlderManifest(document: unknown): boolean {
  if (!isObject(document)) return false;
  const version = document.seedVersion ?? document.manifestVersion;
  return typeof version === 'string' && /^0\./.test(version);
}

/**
 * Rewrites a manifest of the versions 0.0.1 to 0.1.0 as one of 1.0.0. The order of the members and the spelling of numbers stay.
 * @param where what messages call it
 * @returns the text, a valid manifest
 * @throws invalid-manifest when it is not JSON, not-convertible with everything that is still wrong with the result
 */
export function upgradeManifest(text: string, where: string): Converted<string> {
  parseManifest(text, where);
  const old = parseWithNumberTexts(text.replace(/^\uFEFF/, ''));
  const notes: string[] = [];
  const upgraded = upgradeRoot(old as Members, (sentence) => notes.push(sentence));
  const result = `${stringifyNumberTexts(upgraded)}\n`;
  const { errors } = judgeManifestText(result);
  if (errors.length > 0)
    throw new SeedbedError('not-convertible', {
      where,
      format: 'a manifest of Seed 1.0.0',
      problems: errors.map(({ description }) => description).join('; '),
    });
  return { result, notes };
}

function upgradeRoot(old: Members, note: Note): Members {
  const root = renamed(theOnlyJob(old), { manifestVersion: 'seedVersion' });
  const job = within({ ...root, seedVersion: '1.0.0' }, 'job', (members) => upgradeJob(members, note));
  return job;
}

/** 0.0.1 had `jobs`, a list. */
function theOnlyJob(root: Members): Members {
  const { jobs } = root;
  if (!Array.isArray(jobs) || jobs.length !== 1) return root;
  return rewritten(root, (name, value) => (name === 'jobs' ? [['job', jobs[0]]] : [[name, value]]));
}

function upgradeJob(old: Members, note: Note): Members {
  const job = upgradeResources(
    withMaintainer(
      renamed(old, {
        algorithmVersion: 'jobVersion',
        version: 'jobVersion',
        tag: 'tags',
        errorMapping: 'errors',
      }),
    ),
    note,
  );
  const named = withLegalName(job, note);
  return upgradeErrors(
    within(named, 'interface', (members) => upgradeInterface(members, note)),
    note,
  );
}

function withLegalName(job: Members, note: Note): Members {
  const { name } = job;
  if (typeof name !== 'string' || !name.includes('_')) return job;
  const legal = name.replaceAll('_', '-');
  note(`job.name ${name} has become ${legal}, for 1.0.0 has no _ in it; the image is called after it`);
  return { ...job, name: legal };
}

const authors: Readonly<Record<string, string>> = {
  authorName: 'name',
  authorEmail: 'email',
  authorUrl: 'url',
};

/** `authorName` and its like, up to 0.0.3, are `maintainer`. */
function withMaintainer(job: Members): Members {
  const given = Object.keys(job).filter((name) => Object.hasOwn(authors, name));
  if (given.length === 0 || Object.hasOwn(job, 'maintainer')) return job;
  const maintainer = Object.fromEntries(given.map((name) => [authors[name]!, job[name]]));
  return rewritten(job, (name, value) => {
    if (!given.includes(name)) return [[name, value]];
    return name === given[0] ? [['maintainer', maintainer]] : [];
  });
}
