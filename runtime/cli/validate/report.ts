import type { ValidationDocument } from '../../../seed-schema/index.ts';
import { safe } from '../progress/job-lines.ts';

/** How a judgement came to be, as far as its last line says so. */
export interface Judged {
  readonly where: string;
  /** The user's schema. */
  readonly schema: string | undefined;
  readonly warningsAsErrors: boolean;
}

/** A judgement for people: a line for each finding, and what follows from them. */
export function asText(
  { is_valid, errors, warnings }: ValidationDocument,
  { where, schema, warningsAsErrors }: Judged,
): string {
  const lines = [
    ...errors.map(({ name, description }) => `error   ${name}: ${safe(description)}`),
    ...warnings.map(({ name, description }) => `warning ${name}: ${safe(description)}`),
  ];
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const found = `${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}`;
  const verdict = is_valid ? 'valid' : 'not valid';
  const by = schema === undefined ? '' : ` by ${schema}`;
  const refused = is_valid && warningsAsErrors && warnings.length > 0 ? '; warnings count as errors' : '';
  return [...lines, `${where} is ${verdict}${by} (${found})${refused}`, ''].join('\n');
}
