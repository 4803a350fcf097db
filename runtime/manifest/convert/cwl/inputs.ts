import type { Interface, JsonType, Setting } from '../../manifest.ts';
import type { Ids } from './ids.ts';

export type CwlType = string | readonly CwlType[] | { readonly type: 'array'; readonly items: CwlType };

const anything = ['null', 'Any'];

/** CWL's types of JSON values. Its records need their members named, so objects are any value, judged by the library. */
export const typeOfJson: Readonly<Record<JsonType, CwlType>> = {
  array: { type: 'array', items: anything },
  boolean: 'boolean',
  integer: 'long',
  number: 'double',
  object: 'Any',
  string: 'string',
};

export function optional(type: CwlType, required: boolean): CwlType {
  return required ? type : ['null', type];
}

/**
 * The inputs of a tool: file inputs, JSON inputs, settings and mounts.
 * @param hidden the settings that are kept secret
 */
export function cwlInputs(
  { inputs, settings, mounts }: Interface,
  ids: Ids,
  hidden: readonly Setting[],
): object[] {
  return [
    ...inputs.files.map(({ name, multiple, required, mediaTypes }) => ({
      id: ids.input(name),
      type: optional(multiple ? { type: 'array', items: 'File' } : 'File', required),
      ...(mediaTypes.length > 0 && { doc: `Media types: ${mediaTypes.join(', ')}` }),
    })),
    ...inputs.json.map(({ name, type, required }) => ({
      id: ids.input(name),
      type: optional(typeOfJson[type], required),
      ...(type === 'object' && { doc: 'A JSON object' }),
    })),
    ...settings.map((setting) => ({
      id: ids.input(setting.name),
      // cwltool's store of secrets takes nothing but strings, and a secret looks the same empty and absent.
      ...(hidden.includes(setting) ? { type: 'string', default: '' } : { type: optional('string', false) }),
      doc: setting.secret ? 'A setting, secret' : 'A setting',
    })),
    ...mounts.map(({ name, path, mode }) => ({
      id: ids.mount(name),
      type: 'Directory',
      doc: `Mounted at ${path}, ${mode === 'rw' ? 'writable, as a copy' : 'read-only'}`,
    })),
  ];
}
