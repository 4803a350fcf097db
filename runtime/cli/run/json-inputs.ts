import { SeedbedError } from '../../errors/index.ts';
import { type JsonValue, readJsonInput } from '../../execution/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { named, nameWithValue } from './name-values.ts';

/**
 * Values of JSON inputs from `-j NAME=VALUE`: JSON text, or a bare string where the type is `string`.
 * @throws unknown-name, invalid-json-input, missing-input
 */
export function givenJson(options: readonly string[], manifest: Manifest): Map<string, JsonValue> {
  const inputs = manifest.job.interface.inputs.json;
  const given = new Map<string, JsonValue>();
  for (const option of options) {
    const { name, value } = nameWithValue('-j', option);
    const input = named(inputs, name, 'JSON input');
    given.set(input.name, readJsonInput(input, value));
  }
  for (const { name, required } of inputs)
    if (required && !given.has(name))
      throw new SeedbedError('missing-input', { name, problem: 'was not given', option: `-j ${name}=VALUE` });
  return given;
}
