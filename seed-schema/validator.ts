import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv';
import { makeAjv } from './ajv.ts';
import { explain, type Problem } from './explain.ts';
import { precompiled } from './precompiled.ts';

/** Judges documents by one schema. Compiled at first use; the compiled function stays. */
export interface Validator<T> {
  /** What it judges by. */
  readonly schema: AnySchemaObject;
  readonly accepts: (document: unknown) => document is T;
  /** Every problem in words, none when the document is valid. Of a document of over 20,000 values, the first problem only. */
  readonly problems: (document: unknown) => Problem[];
}

/** Every error of a huge document, at ~300 bytes each, could exhaust the memory. */
const mostValues = 20_000;

/**
 * @param whole what messages call the document, e.g. `the manifest`
 * @param references schemas that `schema` refers to by their `$id`
 */
export function makeValidator<T>(
  schema: AnySchemaObject,
  whole: string,
  references: readonly AnySchemaObject[] = [],
): Validator<T> {
  const compiled = new Map<string, ValidateFunction<T>>();
  const compile = (thorough: boolean): ValidateFunction<T> => {
    const key = String(thorough);
    const ready = thorough
      ? undefined
      : (precompiled[schema.$id as string] as ValidateFunction<T> | undefined);
    const validate = compiled.get(key) ?? ready ?? makeAjv(thorough, references).compile<T>(schema);
    compiled.set(key, validate);
    return validate;
  };
  const accepts = (document: unknown): document is T => compile(false)(document);
  const problems = (document: unknown): Problem[] => {
    if (accepts(document)) return [];
    if (!hasManyValues(document)) {
      const validate = compile(true);
      validate(document);
      return explain(validate.errors ?? [], document, whole);
    }
    return explain(firstError(schema, references, document), document, whole);
  };
  return { schema, accepts, problems };
}

function firstError(
  schema: AnySchemaObject,
  references: readonly AnySchemaObject[],
  document: unknown,
): readonly ErrorObject[] {
  const ajv = makeAjv(true, references);
  ajv.opts.allErrors = false;
  const validate = ajv.compile(schema);
  validate(document);
  return validate.errors ?? [];
}

/** Whether every error of a document could be too much to keep: it has 20,000 values or more. */
export function hasManyValues(document: unknown): boolean {
  return countValues(document, mostValues) >= mostValues;
}

/** Values in a document, counted up to `most`; nothing is recursed into once that is reached. */
function countValues(document: unknown, most: number): number {
  const open: unknown[] = [document];
  let count = 0;
  while (open.length > 0 && count < most) {
    const value = open.pop();
    count++;
    if (typeof value !== 'object' || value === null) continue;
    const room = most - count;
    if (Array.isArray(value)) open.push(...value.slice(0, room));
    else open.push(...Object.values(value).slice(0, room));
  }
  return count;
}
