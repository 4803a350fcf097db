import { existsSync } from 'node:fs';
import { environmentName } from '../../manifest/names.ts';

/**
 * `-i A=1,B=2` as seed-cli read it: as two assignments. A comma parts only where a name of the manifest follows that no
 * other option gives, and where the whole is no path that exists, so that values may hold commas.
 * @param options each `NAME=VALUE`
 * @param names that the manifest declares for this option
 */
export function parted(options: readonly string[], names: readonly string[]): string[] {
  const nameOf = (text: string) => environmentName(text.split('=')[0]!);
  const given = new Set(options.map(nameOf));
  const open = new Set(names.map(environmentName).filter((name) => !given.has(name)));
  return options.flatMap((option) => {
    const value = option.slice(option.indexOf('=') + 1);
    if (!value.includes(',') || existsSync(value)) return [option];
    return option
      .split(',')
      .reduce<string[]>(
        (parts, piece, at) =>
          at > 0 && piece.includes('=') && open.has(nameOf(piece))
            ? [...parts, piece]
            : [...parts.slice(0, -1), at === 0 ? piece : `${parts.at(-1)},${piece}`],
        [],
      );
  });
}
