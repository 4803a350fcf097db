import type { Finding, JsonPath } from '../../../seed-schema/index.ts';

/** What makes a condition's filter invalid; the names are Scale's. */
export const filterErrors = {
  INVALID_TYPE: 'No operator is defined for the type of a filter: `array`, or one that is unknown.',
  INVALID_CONDITION: 'The type of a filter does not have that operator, or there is none of that name.',
  INVALID_FIELDS: '`fields` and `values` of a filter are not equally long.',
  VALUE_ERROR: 'A filter of numbers has a value that is no number, or a filter has no value at all.',
  MISMATCHED_TYPE: 'The type of a filter is not for that input: a file type for JSON, texts for numbers.',
} as const;

/** What is allowed there and unwise: mostly filters that accept nothing. The first two names are Scale's. */
export const filterWarnings = {
  UNMATCHED_FILTER: 'A filter names no input of the condition, so that it never passes.',
  UNMATCHED_PARAMETERS: 'No filter looks at an input.',
  UNUSED_FIELDS: 'A filter has `fields`, and its type has none; they are ignored.',
  UNUSED_VALUES: 'The operator of a filter looks at fewer values than it has; the rest is ignored.',
  MISSING_VALUES: '`between` has one value, so that it never holds.',
  MISMATCHED_VALUES: 'A value of a filter is of a type that its operator never finds.',
} as const;

/** What was found in a filter, before errors and warnings are told apart. */
export interface FilterFinding extends Finding {
  readonly kind: 'error' | 'warning';
}

export function error(name: keyof typeof filterErrors, path: JsonPath, description: string): FilterFinding {
  return { kind: 'error', name, path, description };
}

export function warning(
  name: keyof typeof filterWarnings,
  path: JsonPath,
  description: string,
): FilterFinding {
  return { kind: 'warning', name, path, description };
}
