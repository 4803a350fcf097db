import { type DataInterface, nearest } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { findNamed } from '../../manifest/named.ts';
import { nameValue } from '../run/name-values.ts';

/**
 * Looks whether the recipe has the inputs that the command line names. Pure.
 * @param options of `-i` and of `-j`, each `NAME=VALUE`
 * @throws unknown-recipe-input, invalid-usage
 */
export function judgeNames(
  recipe: string,
  input: DataInterface,
  options: { readonly input: readonly string[]; readonly json: readonly string[] },
): void {
  const named = (parameters: readonly { readonly name: string }[]) =>
    parameters.map(({ name }) => ({ name }));
  const [files, json] = [named(input.files), named(input.json)];
  const kinds = [
    { option: '-i', texts: options.input, own: files, other: json, kind: 'file input', as: '-j' },
    { option: '-j', texts: options.json, own: json, other: files, kind: 'JSON input', as: '-i' },
  ];
  for (const { option, texts, own, other, kind, as } of kinds)
    for (const text of texts) {
      const { name } = nameValue(option, text);
      if (findNamed(own, name)) continue;
      const known = findNamed(other, name)
        ? `${name} is given with ${as}`
        : advice(
            name,
            own.map((one) => one.name),
          );
      throw new SeedbedError('unknown-recipe-input', { recipe, kind, name, known });
    }
}

function advice(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'it has none';
  const meant = nearest(name, names);
  return `it has ${names.join(', ')}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
}
