import type { AnySchema, ValidateFunction } from 'ajv';
import { isObject, listed, type Finding } from '../../../seed-schema/index.ts';
import { hasManyValues } from '../../../seed-schema/validator.ts';
import { readConfig } from '../../config/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import { JsonProblem, parseBoundedJson } from '../../execution/index.ts';
import { readBoundedFile } from './bounded-file.ts';
import { ajvFor, draftOf, drafts } from './drafts.ts';
import { findingsOf } from './findings.ts';
import { geojsonSchemas } from './geojson.ts';

/** Everything that a schema has against a document; nothing: it is valid. */
export type SchemaJudge = (document: unknown) => Finding[];

/**
 * A JSON Schema of the user's own (draft-04, -06, -07, 2019-09 or 2020-12, as its `$schema` says). Nothing is fetched:
 * what it refers to must stand in it, or be one of the GeoJSON schemas of json-schema.org. Of a document of over 20,000
 * values, the first finding only.
 * @throws schema-unreadable, schema-not-json, invalid-schema, schema-reference-missing
 */
export async function loadSchema(file: string): Promise<SchemaJudge> {
  const schema = await readSchema(file);
  const { quick, thorough } = await compileBoth(schema, file);
  return (document) => {
    if (quick(document)) return [];
    if (hasManyValues(document)) return findingsOf(quick.errors ?? [], document);
    thorough(document);
    return findingsOf(thorough.errors ?? [], document);
  };
}

/** A function that stops at the first error, and one that finds all. */
async function compileBoth(schema: unknown, file: string) {
  const invalid = (problem: string) => new SeedbedError('invalid-schema', { file, problem });
  const { $schema, ...rules } = isObject(schema) ? schema : {};
  const draft = draftOf($schema);
  if (draft === undefined)
    throw invalid(`its $schema is ${JSON.stringify($schema)}, and known are ${listed(drafts, 'and')}`);
  const compile = async (allErrors: boolean): Promise<ValidateFunction> => {
    const ajv = await ajvFor(draft, { allErrors });
    for (const [address, geojson] of Object.entries(geojsonSchemas)) ajv.addSchema(geojson, address);
    const words = Object.keys(rules);
    if (words.length > 0 && !words.some((word) => ajv.getKeyword(word)))
      throw invalid(`it has none of the words of a JSON Schema, only ${words.slice(0, 5).join(', ')}`);
    const validate = ajv.compile(isObject(schema) ? rules : (schema as AnySchema));
    if ('$async' in validate) throw invalid('it is asynchronous');
    return validate;
  };
  try {
    return { quick: await compile(false), thorough: await compile(true) };
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    const { missingRef } = thrown as { missingRef?: string };
    if (missingRef === undefined) throw invalid(reasonOf(thrown));
    throw new SeedbedError('schema-reference-missing', { file, reference: missingRef }, { cause: thrown });
  }
}

async function readSchema(file: string): Promise<unknown> {
  const { limits } = readConfig();
  const bytes = await readBoundedFile(
    file,
    limits.jsonMiB,
    (reason) => new SeedbedError('schema-unreadable', { file, reason }),
  );
  try {
    return parseBoundedJson(bytes, { maxDepth: limits.jsonDepth });
  } catch (thrown) {
    if (!(thrown instanceof JsonProblem)) throw thrown;
    throw new SeedbedError('schema-not-json', { file, problem: thrown.message });
  }
}
