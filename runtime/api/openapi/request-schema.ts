import { isObject } from '../../../seed-schema/index.ts';

/**
 * The schema of a body (draft-07, as Ajv judges it) as OpenAPI 3.1 has it (2020-12): its name is that of a component, and
 * what is meant for our messages is left out. Of what differs between the two drafts, it knows `definitions` and arrays of
 * `items`.
 * @param isOpen members that it does not know are ignored
 */
export function requestSchema(schema: object, isOpen: boolean): object {
  const name = nameOf(String((schema as { $id?: unknown }).$id));
  return { ...(converted(schema, { name, isOpen }) as object), $id: name };
}

/** `urn:seedbed:job-type-post` → `JobTypePostBody`: what is sent is another thing than what is answered. */
function nameOf(id: string): string {
  const words = id.replace(/^urn:seedbed:/, '').split('-');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Body`;
}

interface Whole {
  readonly name: string;
  readonly isOpen: boolean;
}

function converted(value: unknown, whole: Whole): unknown {
  if (Array.isArray(value)) return value.map((item) => converted(item, whole));
  if (!isObject(value)) return value;
  const members = Object.entries(value)
    .filter(([key]) => key !== '$schema' && key !== '$id' && key !== 'x-allowed')
    .filter(([key, part]) => !(whole.isOpen && key === 'additionalProperties' && part === false))
    .map(([key, part]): [string, unknown] => {
      if (key === 'properties' && isObject(part))
        return [
          key,
          Object.fromEntries(Object.entries(part).map(([name, one]) => [name, converted(one, whole)])),
        ];
      if (key === '$ref' && typeof part === 'string') return [key, reference(part, whole.name)];
      if (key === 'definitions') return ['$defs', converted(part, whole)];
      if (key === 'items' && Array.isArray(part)) return ['prefixItems', converted(part, whole)];
      return [key, converted(part, whole)];
    });
  return Object.fromEntries(members);
}

/** Within the document, a `#` is no longer the schema itself. */
function reference(to: string, whole: string): string {
  if (to.startsWith('urn:')) return `#/components/schemas/${nameOf(to)}`;
  return to.replace(/^#/, `#/components/schemas/${whole}`).replace('/definitions/', '/$defs/');
}
