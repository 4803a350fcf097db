import { Ajv, type AnySchemaObject } from 'ajv';
import { instant } from './metadata/time.ts';

export const formats = {
  'date-time': { type: 'string', validate: (text: string) => instant(text) !== undefined },
} as const;

/**
 * An Ajv instance for the schemas of this folder (draft-07 and the `discriminator` keyword of OpenAPI, so that a GeoJSON
 * object is judged by the branch that its `type` names).
 * @param thorough finds every error, with what the messages need; else it only answers yes or no, in half the time
 */
export function makeAjv(thorough: boolean, references: readonly AnySchemaObject[] = []): Ajv {
  const ajv = new Ajv({
    allErrors: thorough,
    verbose: thorough,
    messages: false,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    // `toString` in a document is no member called toString.
    ownProperties: true,
    // Our own constants; the tests check them against the meta-schema.
    validateSchema: false,
  });
  ajv.addVocabulary(['x-allowed']);
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  for (const reference of references) ajv.addSchema(reference);
  return ajv;
}
