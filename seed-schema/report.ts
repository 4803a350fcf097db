import type { JsonPath } from './path.ts';
import type { Finding, ValidationDocument } from './validation.ts';

/** Collects what is found in a document. */
export class Report<ErrorName extends string, WarningName extends string> {
  readonly errors: Finding[] = [];
  readonly warnings: Finding[] = [];

  /** @param description one sentence without its full stop: where, what was found, what to do */
  error(name: ErrorName, path: JsonPath, description: string): void {
    this.errors.push({ name, path, description });
  }

  warn(name: WarningName, path: JsonPath, description: string): void {
    this.warnings.push({ name, path, description });
  }

  get document(): ValidationDocument {
    return { is_valid: this.errors.length === 0, errors: this.errors, warnings: this.warnings };
  }
}
