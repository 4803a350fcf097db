import type { ErrorObject } from 'ajv';
import { explain, type Finding } from '../../../seed-schema/index.ts';
import { pathOfPointer } from '../../../seed-schema/path.ts';

/** Findings of one document; a broken writer breaks every feature alike. */
const mostFindings = 100;

const whole = 'the document';

/** Keywords that our own schemas have too, so that there are words for them; Ajv has some for the rest. */
const spoken = new Set([
  'additionalProperties',
  'const',
  'enum',
  'format',
  'maxItems',
  'maximum',
  'minItems',
  'minimum',
  'pattern',
  'required',
  'type',
]);

/** What a user's schema has against a document, in its order: each once, at most 100. */
export function findingsOf(errors: readonly ErrorObject[], document: unknown): Finding[] {
  const findings = new Map<string, Finding>();
  for (const error of errors) {
    if (findings.size === mostFindings) break;
    for (const { path, description } of described(error, document))
      findings.set(`${path} ${description}`, { name: 'JSON_VALIDATION_ERROR', description, path });
  }
  return [...findings.values()];
}

function described(error: ErrorObject, document: unknown): { path: string; description: string }[] {
  if (spoken.has(error.keyword)) return explain([error], document, whole);
  if (error.keyword === 'if') return []; // the branch says why
  const path = pathOfPointer(error.instancePath, document);
  return [{ path, description: `${path || whole} ${error.message ?? 'is not valid'}` }];
}
