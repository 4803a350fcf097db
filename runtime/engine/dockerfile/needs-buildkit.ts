import { type Dockerfile, type Instruction, isOrdinaryFrontend } from './parse.ts';

/** Why a Dockerfile cannot be built without BuildKit. */
export interface BuildKitNeed {
  readonly line: number;
  /** As it would be written, e.g. `RUN --mount`. */
  readonly instruction: string;
}

/** The flags that builders without BuildKit know. */
const classicFlags: Readonly<Record<string, readonly string[]>> = {
  RUN: [],
  COPY: ['from', 'chown'],
  ADD: ['chown'],
  FROM: ['platform'],
};

const platformArguments = /^(TARGET|BUILD)(PLATFORM|OS|OSVERSION|ARCH|VARIANT)$/;

/**
 * Everything in a Dockerfile that only BuildKit understands, in order. The ordinary frontend alone
 * (`# syntax=docker/dockerfile:1`) is no reason: other builders read it as a comment.
 */
export function buildKitNeeds({ syntax, instructions }: Dockerfile): BuildKitNeed[] {
  const needs: BuildKitNeed[] = [];
  if (syntax && !isOrdinaryFrontend(syntax.image))
    needs.push({ line: syntax.line, instruction: `# syntax=${syntax.image}` });
  const given = new Set<string>();
  for (const instruction of instructions)
    for (const found of reasonsIn(instruction, given))
      needs.push({ line: instruction.line, instruction: found });
  return needs;
}

/** @param given automatic arguments that have a value of their own so far */
function reasonsIn({ keyword, flags, argument, heredocs }: Instruction, given: Set<string>): string[] {
  const reasons = heredocs.map((name) => `${keyword} <<${name.replace(/^-/, '')}`);
  const known = classicFlags[keyword];
  if (known) for (const { name } of flags) if (!known.includes(name)) reasons.push(`${keyword} --${name}`);
  if (keyword === 'ADD' && isGitAddress(argument)) reasons.push('ADD of a git repository');
  if (keyword === 'FROM') {
    const variables = [argument, ...flags.map(({ value }) => value)].flatMap(variablesIn);
    for (const name of variables)
      if (platformArguments.test(name) && !given.has(name)) reasons.push(`FROM with $${name}`);
  }
  if (keyword === 'ARG')
    for (const declared of argument.split(/\s+/)) {
      const name = declared.split('=')[0]!;
      if (!platformArguments.test(name)) continue;
      if (declared === name) reasons.push(`ARG ${name}`);
      else given.add(name);
    }
  return reasons;
}

function isGitAddress(argument: string): boolean {
  return /^(git@\S+:|git:\/\/|ssh:\/\/)|^https?:\/\/\S+\.git([#?]\S*)?\s/.test(argument);
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!);
}
