import { below, nearest } from '../../../seed-schema/index.ts';
import { literalOf, parametersIn } from '../command/parameters.ts';
import { readCommand } from '../command/read-command.ts';
import type { Parameter, Word } from '../command/syntax.ts';
import { member, text, texts, type Draft, type Part } from '../draft.ts';
import type { Report } from '../findings.ts';
import { basicResources, environmentName, platformVariables } from '../names.ts';

/** The search for what was meant compares every unknown name with every known one. */
const mostWarnings = 20;
const mostCandidates = 500;

const shells = /(^|\/)(ba|da|a|z|k)?sh$/;

/**
 * Warnings about `interface.command`. What it expands to is decided where a job runs; here it is only read. One that Bash
 * would refuse is rejected there, yet is no error: Scale and seed-cli give quotes no meaning, and run `--title O'Hare`.
 */
export function judgeCommand(draft: Draft, report: Report): void {
  const command = text(member(draft.job, 'interface'), 'command');
  if (command === undefined) return;
  const path = below(below(draft.job.path, 'interface'), 'command');
  const { words, problem } = readCommand(command);
  if (problem)
    report.warn(
      'INVALID_COMMAND',
      path,
      `${path} cannot be expanded at character ${problem.parameters.position}: ${problem.parameters.problem}`,
    );
  const aliases = aliasesOf(draft.settings);
  const variableOf = ({ name }: Parameter): string => aliases.get(name) ?? name;
  const parameters = allParameters(words);
  warnOfUnknown(draft, byName(parameters, variableOf), path, report);
  const shown = byName(parameters.filter(showsValue), variableOf).keys();
  const secrets = variablesOf(draft.settings.filter(({ value }) => value.secret === true));
  for (const name of [...shown].filter((name) => secrets.has(name)))
    report.warn(
      'SECRET_IN_COMMAND',
      path,
      `${path} expands the secret setting ${name}, so everybody who may list processes sees it; let the program read the variable`,
    );
  const interpreted = byName(allParameters(scripts(words)).filter(showsValue), variableOf).keys();
  const values = variablesOf([...draft.inputFiles, ...draft.inputJson, ...draft.settings]);
  for (const name of [...interpreted].filter((name) => values.has(name)))
    report.warn(
      'SHELL_EXPANSION',
      path,
      `${path} expands ${name} into the script of a shell, which then interprets its value; put the script into single quotes, so that the shell expands "$${name}" itself`,
    );
}

function warnOfUnknown(
  draft: Draft,
  parameters: ReadonlyMap<string, Parameter>,
  path: string,
  report: Report,
): void {
  const allocations = [...basicResources, ...texts(draft.resources, 'name').map(({ value }) => value)];
  const known = new Set<string>([
    'OUTPUT_DIR',
    ...platformVariables,
    ...allocations.map((name) => `ALLOCATED_${environmentName(name)}`),
    ...variablesOf([...draft.inputFiles, ...draft.inputJson, ...draft.settings]),
  ]);
  const candidates = [...known].slice(0, mostCandidates);
  const unknown = [...parameters].filter(([name]) => !known.has(name) && !positional.test(name));
  for (const [name, parameter] of unknown.slice(0, mostWarnings)) {
    const meant = nearest(hyphenated(parameter), candidates) ?? nearest(name, candidates);
    const advice = meant === undefined ? '' : `; did you mean $\{${meant}}?`;
    report.warn(
      'UNKNOWN_VARIABLE',
      path,
      `${path} expands ${name}, which is no input, setting or variable of the platform${advice}`,
    );
  }
}

/** `$1` and its like belong to shells and awk, and are no misspelt names. */
const positional = /^\d+$/;

/** The name that the author of `${extra-files}` has in mind. Bash takes it as `extra` or, where that is unset, `files`. */
function hyphenated({ name, operation }: Parameter): string {
  if (operation.kind !== 'alternative' || operation.operator !== '-' || operation.orEmpty) return name;
  return `${name}-${/^[\w-]*/.exec(literalOf(operation.word))![0]}`;
}

/** The words that a shell among the words (or in the image's ENTRYPOINT) takes as its script: those after its `-c`. */
function scripts(words: readonly Word[]): Word[] {
  const literals = words.map(literalOf);
  return words.filter((_, index) => {
    let i = index - 1;
    if (!/^-[a-z]*c[a-z]*$/i.test(literals[i] ?? '')) return false;
    while (i > 0 && literals[i]!.startsWith('-')) i--;
    return literals[i]!.startsWith('-') || shells.test(literals[i]!);
  });
}

/** `${#V}` and `${V+word}` tell something about a value, and not the value. */
function showsValue({ operation }: Parameter): boolean {
  return operation.kind !== 'length' && !(operation.kind === 'alternative' && operation.operator === '+');
}

function allParameters(words: readonly Word[]): Parameter[] {
  return words.flatMap((word) => [...parametersIn(word)]).map(({ parameter }) => parameter);
}

/** The first parameter of each variable. */
function byName(
  parameters: readonly Parameter[],
  variableOf: (parameter: Parameter) => string,
): Map<string, Parameter> {
  const first = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const variable = variableOf(parameter);
    if (!first.has(variable)) first.set(variable, parameter);
  }
  return first;
}

/** In a command, unlike in the environment, a setting also goes by its own name, as on Scale. */
function aliasesOf(settings: readonly Part[]): Map<string, string> {
  return new Map(texts(settings, 'name').map(({ value }) => [value, environmentName(value)]));
}

function variablesOf(parts: readonly Part[]): Set<string> {
  return new Set(texts(parts, 'name').map(({ value }) => environmentName(value)));
}
