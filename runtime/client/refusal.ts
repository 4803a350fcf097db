import { type ErrorName, registry, SeedbedError } from '../errors/index.ts';

/** One thing that is wrong with what was sent. */
export interface RefusalFinding {
  readonly name: string;
  readonly description: string;
}

/** An error that the service answered: the same entry of the registry, in the words of the service. */
export class ServiceRefusal extends SeedbedError {
  readonly #sentence: string;
  readonly findings: readonly RefusalFinding[];

  constructor(error: ErrorName, sentence: string, findings: readonly RefusalFinding[]) {
    super(error, {} as never);
    this.message = withoutStop(sentence);
    this.#sentence = sentence;
    this.findings = findings;
  }

  override get sentence(): string {
    return this.#sentence;
  }
}

/** The error of an answer that is no success. Pure. */
export function refusalOf(where: string, status: number, body: unknown): SeedbedError {
  const { code, detail, errors } = (isObject(body) ? body : {}) as Record<string, unknown>;
  const sentence = typeof detail === 'string' ? detail : `it said nothing more`;
  const known = Object.entries(registry).find((entry) => entry[1].code === code)?.[0] as
    ErrorName | undefined;
  if (known !== undefined)
    return new ServiceRefusal(known, sentence, Array.isArray(errors) ? errors.filter(isFinding) : []);
  const reason = withoutStop(sentence);
  return status >= 500
    ? new SeedbedError('service-failed', { where, status, reason })
    : new SeedbedError('request-refused', { where, status, reason });
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFinding(value: unknown): value is RefusalFinding {
  return isObject(value) && typeof value.name === 'string' && typeof value.description === 'string';
}
