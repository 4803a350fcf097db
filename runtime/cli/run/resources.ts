import { SeedbedError } from '../../errors/index.ts';
import { nameWithValue } from './name-values.ts';

/** Amounts from `--resource NAME=VALUE`: cores for cpus, MiB for mem, disk and sharedMem. @throws invalid-usage */
export function givenResources(options: readonly string[]): Map<string, number> {
  return new Map(
    options.map((option) => {
      const { name, value } = nameWithValue('--resource', option);
      const amount = Number(value);
      if (value.trim() === '' || !Number.isFinite(amount) || amount < 0)
        throw new SeedbedError('invalid-usage', {
          problem: `--resource ${name} takes a number that is not negative, not ${JSON.stringify(value)}`,
        });
      return [name, amount];
    }),
  );
}
