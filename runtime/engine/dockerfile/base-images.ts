import type { Dockerfile, Instruction } from './parse.ts';

/** An image that a build reads from. */
export interface BaseImage {
  readonly reference: string;
  readonly line: number;
}

/**
 * The images that a Dockerfile names, in order, each once: of FROM, with the defaults of ARG before it filled in, and of
 * `COPY --from` and `RUN --mount=from=`. Stages and `scratch` are none. What a variable without a default leaves empty is
 * left out.
 */
export function baseImages({ instructions }: Dockerfile): BaseImage[] {
  const found = new Map<string, number>();
  const stages = new Set<string>();
  const values = new Map<string, string>();
  let count = 0;
  for (const instruction of instructions) {
    const { keyword, argument, line } = instruction;
    const named: string[] = [];
    if (keyword === 'ARG' && count === 0) {
      for (const [, name, value] of argument.matchAll(/(\w+)=("[^"]*"|'[^']*'|\S*)/g))
        values.set(name!, expand(value!.replace(/^(["'])(.*)\1$/, '$2'), values));
    } else if (keyword === 'FROM') {
      const [image = '', as, stage] = argument.split(/\s+/);
      named.push(expand(image, values));
      note(named, stages, found, line);
      if (as?.toUpperCase() === 'AS' && stage) stages.add(stage.toLowerCase());
      stages.add(String(count++));
      continue;
    } else named.push(...imagesCopiedFrom(instruction));
    note(named, stages, found, line);
  }
  return [...found].map(([reference, line]) => ({ reference, line }));
}

function note(names: readonly string[], stages: Set<string>, found: Map<string, number>, line: number): void {
  for (const name of names)
    if (name !== '' && name !== 'scratch' && !stages.has(name.toLowerCase()) && !found.has(name))
      found.set(name, line);
}

function imagesCopiedFrom({ keyword, flags }: Instruction): string[] {
  if (keyword === 'COPY') return flags.filter(({ name }) => name === 'from').map(({ value }) => value);
  if (keyword !== 'RUN') return [];
  return flags
    .filter(({ name }) => name === 'mount')
    .flatMap(({ value }) => value.split(','))
    .filter((part) => part.startsWith('from='))
    .map((part) => part.slice('from='.length));
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+other}` (also without the colon). */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^}]*))?\})/g,
    (_, plain: string | undefined, braced: string, colon: string, operator: string, word: string) => {
      const value = values.get(plain ?? braced);
      const isSet = value !== undefined && (colon !== ':' || value !== '');
      if (operator === '-') return isSet ? value : expand(word, values);
      if (operator === '+') return isSet ? expand(word, values) : '';
      return value ?? '';
    },
  );
}
