import { below, nearest } from '../../../seed-schema/index.ts';
import { readCommand, type Reference, type Word } from '../command-words.ts';
import { member, text, type Draft, type Part } from '../draft.ts';
import type { Report } from '../findings.ts';
import { basicResources, environmentName, platformVariables } from '../names.ts';

/** The search for what was meant compares every unknown name with every known one. */
const mostWarnings = 20;
const mostCandidates = 500;

const shells = /(^|\/)(ba|da|a|z|k)?sh$/;

/** Warnings about `interface.command`. What it expands to is decided where a job runs; here it is only read. */
export function judgeCommand(draft: Draft, report: Report): void {
  const command = text(member(draft.job, 'interface'), 'command');
  if (command === undefined) return;
  const path = below(below(draft.job.path, 'interface'), 'command');
  const { words, problem } = readCommand(command);
  if (problem) report.warn('INVALID_COMMAND', path, `${path} cannot be expanded: ${problem}`);
  const aliases = aliasesOf(draft.settings);
  const referencesIn = (some: readonly Word[]): Reference[] =>
    once(
      some
        .flatMap((word) => word.references)
        .map(({ name, expression }) => ({ name: aliases.get(name) ?? name, expression })),
    );
  const references = referencesIn(words);
  warnOfUnknown(draft, references, path, report);
  const secrets = variablesOf(draft.settings.filter(({ value }) => value.secret === true));
  for (const { name } of references.filter(({ name }) => secrets.has(name)))
    report.warn(
      'SECRET_IN_COMMAND',
      path,
      `${path} expands the secret setting ${name}, so everybody who may list processes sees it; let the program read the variable`,
    );
  const values = variablesOf([...draft.inputFiles, ...draft.inputJson, ...draft.settings]);
  for (const { name } of referencesIn(scripts(words)).filter(({ name }) => values.has(name)))
    report.warn(
      'SHELL_EXPANSION',
      path,
      `${path} expands ${name} into the script of a shell, which then interprets its value; put the script into single quotes, so that the shell expands "$${name}" itself`,
    );
}

function warnOfUnknown(draft: Draft, references: readonly Reference[], path: string, report: Report): void {
  const allocations = [...basicResources, ...draft.resources.flatMap((part) => text(part, 'name') ?? [])];
  const known = new Set<string>([
    'OUTPUT_DIR',
    ...platformVariables,
    ...allocations.map((name) => `ALLOCATED_${environmentName(name)}`),
    ...variablesOf([...draft.inputFiles, ...draft.inputJson, ...draft.settings]),
  ]);
  const candidates = [...known].slice(0, mostCandidates);
  const unknown = references.filter(({ name }) => !known.has(name));
  for (const { name, expression } of unknown.slice(0, mostWarnings)) {
    const meant = nearest(expression, candidates) ?? nearest(name, candidates);
    const advice = meant === undefined ? '' : `; did you mean $\{${meant}}?`;
    report.warn(
      'UNKNOWN_VARIABLE',
      path,
      `${path} expands ${name}, which is no input, setting or variable of the platform${advice}`,
    );
  }
}

/** The words that a shell among the words (or in the image's ENTRYPOINT) takes as its script: those after its `-c`. */
function scripts(words: readonly Word[]): Word[] {
  return words.filter((_, index) => {
    let i = index - 1;
    if (!/^-[a-z]*c[a-z]*$/i.test(words[i]?.literal ?? '')) return false;
    while (i > 0 && words[i]!.literal.startsWith('-')) i--;
    return words[i]!.literal.startsWith('-') || shells.test(words[i]!.literal);
  });
}

/** In a command, unlike in the environment, a setting also goes by its own name, as on Scale. */
function aliasesOf(settings: readonly Part[]): Map<string, string> {
  return new Map(
    settings.flatMap((part) => text(part, 'name') ?? []).map((name) => [name, environmentName(name)]),
  );
}

function variablesOf(parts: readonly Part[]): Set<string> {
  return new Set(parts.flatMap((part) => text(part, 'name') ?? []).map(environmentName));
}

function once(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((reference) => [reference.name, reference])).values()];
}
