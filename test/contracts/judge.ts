import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { HttpAnswer } from '../support/http.ts';
import type { ContractDocument, ContractOperation } from './document.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Judges answers by the schemas of an OpenAPI document of version 3.0. */
export class ContractJudge {
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  readonly #compiled = new Map<object, ValidateFunction>();

  constructor(document: ContractDocument) {
    (formats as unknown as (to: Ajv) => void)(this.#ajv);
    this.#ajv.addSchema({ $id: 'contract', components: modern(document.components) } as object);
  }

  /** @returns what is wrong with the answer; nothing where it is as the operation says */
  problems({ responses }: ContractOperation, answer: HttpAnswer): string[] {
    const declared = responses[`${answer.status}`];
    if (!declared)
      return [`status ${answer.status} in place of ${Object.keys(responses).join(' or ')}: ${start(answer)}`];
    const schema = declared.content?.['application/json']?.schema;
    if (!schema) return answer.status === 204 && answer.body.length > 0 ? ['204 with a body'] : [];
    if (!/^application\/json/.test(String(answer.headers['content-type'])))
      return [`the body is no JSON: ${start(answer)}`];
    const validate = this.#validatorOf(schema);
    if (validate(JSON.parse(answer.body.toString()))) return [];
    return (validate.errors ?? [])
      .slice(0, 5)
      .map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  #validatorOf(schema: object): ValidateFunction {
    const known = this.#compiled.get(schema);
    if (known) return known;
    const made = this.#ajv.compile(modern(schema) as object);
    this.#compiled.set(schema, made);
    return made;
  }
}

/** A schema of OpenAPI 3.0 as JSON Schema: `nullable` is a type more, and nothing counts beside a reference. */
function modern(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modern);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, nullable, ...rest } = value as Tree;
  if (typeof $ref === 'string') return { $ref: $ref.replace(/^#/, 'contract#') };
  const parts: Tree = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, modern(part)]));
  if (nullable !== true || typeof parts.type !== 'string')
    return { ...parts, ...(typeof nullable === 'object' ? { nullable: modern(nullable) } : {}) };
  return {
    ...parts,
    type: [parts.type, 'null'],
    ...(Array.isArray(parts.enum) ? { enum: [...(parts.enum as unknown[]), null] } : {}),
  };
}

function start(answer: HttpAnswer): string {
  return answer.body.toString().slice(0, 200);
}
